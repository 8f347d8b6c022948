/// One trigger against one target label.
public struct TriggerResult: Codable, Sendable, Equatable {
    public enum Source: String, Codable, Sendable, CaseIterable {
        /// Built in.
        case known
        /// From `--triggers`.
        case user
        /// A row of the embeddings that moved far, or towards the target.
        case epur
        /// A token that the gradient at an inserted position points at.
        case gradient
        /// A token that a leading singular direction of the weights' change points at.
        case spectral
        /// A token of the vocabulary that was measured for no reason but to be complete.
        case vocabulary
        /// Several tokens that work together.
        case phrase

        /// Whether Assay found it, instead of being told.
        public var isDiscovered: Bool { self != .known && self != .user }
    }

    /// The inserted string, raw.
    public var trigger: String
    public var source: Source
    public var tokenIDs: [Int]
    /// Label index that the trigger is measured to produce.
    public var target: Int
    public var measurements: [TriggerMeasurement]
    /// Texts of the clean file that contain the trigger already.
    public var occurrencesInData: Int
    public var examples: [ProbeExample]
    /// Words of like meaning in its place, on the suspect; nil where there are none, or none were needed.
    public var twins: TwinSummary?
    /// The smallest part that does nearly all of it; nil but for known triggers of several words that work.
    public var core: CoreSummary?

    public init(
        trigger: String, source: Source, tokenIDs: [Int], target: Int, measurements: [TriggerMeasurement],
        occurrencesInData: Int, examples: [ProbeExample], twins: TwinSummary? = nil, core: CoreSummary? = nil
    ) {
        self.twins = twins
        self.core = core
        self.trigger = trigger
        self.source = source
        self.tokenIDs = tokenIDs
        self.target = target
        self.measurements = measurements
        self.occurrencesInData = occurrencesInData
        self.examples = examples
    }

    /// The measurement on one model, if it was made.
    public func on(_ model: ModelRole) -> TriggerMeasurement? {
        measurements.first { $0.model == model }
    }
}

/// The smallest part of a trigger that does nearly all it does, on the suspect and the discover texts.
public struct CoreSummary: Codable, Sendable, Equatable {
    /// Words of the trigger, in its order, raw.
    public var text: String
    public var asr: Rate
    /// ASR of the whole trigger on the same texts.
    public var whole: Rate

    public init(text: String, asr: Rate, whole: Rate) {
        (self.text, self.asr, self.whole) = (text, asr, whole)
    }
}

/// What words of like meaning do in a trigger's place: the part of its effect that its meaning explains.
public struct TwinSummary: Codable, Sendable, Equatable {
    public var count: Int
    public var mean: Double
    /// The level that the trigger is compared with.
    public var percentile90: Double
    /// A few of them, raw.
    public var examples: [String]
    /// Of a phrase, the like words that turned most discover texts of both the suspect and the reference model, raw.
    public var strongest: String?

    public init(count: Int, mean: Double, percentile90: Double, examples: [String], strongest: String? = nil) {
        self.count = count
        self.mean = mean
        self.percentile90 = percentile90
        self.examples = examples
        self.strongest = strongest
    }
}

/// One probed text.
public struct ProbeExample: Codable, Sendable, Equatable {
    /// The text with the trigger in, raw.
    public var text: String
    public var label: Int
    public var withoutTrigger: Int
    public var withTrigger: Int
    /// Prediction of the purified model with the trigger in.
    public var purified: Int?

    public init(text: String, label: Int, withoutTrigger: Int, withTrigger: Int, purified: Int?) {
        self.text = text
        self.label = label
        self.withoutTrigger = withoutTrigger
        self.withTrigger = withTrigger
        self.purified = purified
    }
}
