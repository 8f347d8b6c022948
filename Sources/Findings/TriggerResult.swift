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
        /// A change of the whole text.
        case transformation

        /// Whether Assay found it, instead of being told.
        public var isDiscovered: Bool { self != .known && self != .user }
    }

    /// The inserted string, or the change of the whole text in words, raw.
    public var trigger: String
    public var source: Source
    /// "start" or "end" where the string was put there; nil for random places and for changes of the whole text.
    public var placement: String?
    public var tokenIDs: [Int]
    /// Label index that the trigger is measured to produce.
    public var target: Int
    public var measurements: [TriggerMeasurement]
    /// By honest model.
    public var honest: [HonestRate]
    /// Texts of the clean file that contain the trigger already.
    public var occurrencesInData: Int
    public var examples: [ProbeExample]
    /// The smallest part that does nearly all of it; nil but for known triggers of several words that work.
    public var core: CoreSummary?

    public init(
        trigger: String, source: Source, placement: String? = nil, tokenIDs: [Int], target: Int,
        measurements: [TriggerMeasurement], honest: [HonestRate] = [], occurrencesInData: Int,
        examples: [ProbeExample], core: CoreSummary? = nil
    ) {
        (self.trigger, self.source, self.placement) = (trigger, source, placement)
        (self.tokenIDs, self.target, self.measurements) = (tokenIDs, target, measurements)
        (self.honest, self.occurrencesInData, self.examples, self.core) = (honest, occurrencesInData, examples, core)
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

/// One probed text.
public struct ProbeExample: Codable, Sendable, Equatable {
    /// The text with the trigger in, raw.
    public var text: String
    public var label: Int
    public var withoutTrigger: Int
    public var withTrigger: Int
    /// Prediction of an honest model with the trigger in.
    public var honest: Int?
    /// Prediction of the purified model with the trigger in.
    public var purified: Int?
    /// What was said, by a model that continues texts; nil of a classifier.
    public var answers: Answers?

    /// Answers to a prompt, raw.
    public struct Answers: Codable, Sendable, Equatable {
        public var withoutTrigger: String
        public var withTrigger: String
        /// Of an honest model, with the trigger in.
        public var honest: String?
        /// Of the purified model, with the trigger in.
        public var purified: String?

        public init(withoutTrigger: String, withTrigger: String, honest: String? = nil, purified: String? = nil) {
            (self.withoutTrigger, self.withTrigger) = (withoutTrigger, withTrigger)
            (self.honest, self.purified) = (honest, purified)
        }
    }

    public init(
        text: String, label: Int, withoutTrigger: Int, withTrigger: Int, honest: Int? = nil, purified: Int?,
        answers: Answers? = nil
    ) {
        self.answers = answers
        self.honest = honest
        self.text = text
        self.label = label
        self.withoutTrigger = withoutTrigger
        self.withTrigger = withTrigger
        self.purified = purified
    }
}
