/// What inserted triggers did to predictions, on the judging texts.
public struct ProbeSummary: Codable, Sendable, Equatable {
    /// Judging texts by label.
    public var textsPerLabel: [Int]
    /// One entry a trigger and target label, strongest effect on the suspect first.
    public var triggers: [TriggerResult]
    /// One entry a target label and model.
    public var controls: [ControlSummary]
    /// Clean accuracy on the judging texts: suspect, mixed, purified, reference, as far as they were measured.
    public var accuracy: [ModelAccuracy]
    /// What the remedy cost on the judging texts: overall, by class, and as a rise of a target's floor.
    public var remedyCosts: [RemedyCost]
    /// Confidence of the bounds that gate, 0.95: lower bounds hold for the whole family at once, upper bounds each by
    /// itself.
    public var confidence: Double
    /// Judging texts by true label, then by the label that the suspect predicts for them.
    public var confusion: [[Int]]
    /// Random tokens that flip a model and no honest one, by target and model.
    public var broad: [BroadEffect]
    /// Candidates that were ranked on the discover texts and not judged.
    public var notConfirmed: [ScreenedCandidate]
    /// How unknown triggers were looked for; nil where they were not.
    public var search: SearchSummary?
    /// Checks beside the rates; nil where they were not asked for.
    public var signals: SignalSummary?

    public init(
        textsPerLabel: [Int], triggers: [TriggerResult], controls: [ControlSummary], accuracy: [ModelAccuracy],
        remedyCosts: [RemedyCost], confidence: Double, confusion: [[Int]] = [], broad: [BroadEffect] = [],
        notConfirmed: [ScreenedCandidate], search: SearchSummary? = nil, signals: SignalSummary? = nil
    ) {
        self.search = search
        self.signals = signals
        self.textsPerLabel = textsPerLabel
        self.triggers = triggers
        self.controls = controls
        self.accuracy = accuracy
        self.remedyCosts = remedyCosts
        self.confidence = confidence
        self.confusion = confusion
        self.broad = broad
        self.notConfirmed = notConfirmed
    }

    /// The trigger and target that a rule of the gate speaks of; of a rule that names no target, the trigger's first.
    ///
    /// The same string may have been judged at several places: the one that has the rule's value is meant.
    public func trigger(of rule: GateRule) -> TriggerResult? {
        let named = triggers.filter { $0.trigger == rule.subject && (rule.target == nil || $0.target == rule.target) }
        return named.first { result in
            result.measurements.contains {
                rule.value == (result.source.isDiscovered ? $0.judged?.value : $0.effect.value)
            }
        } ?? named.first
    }
}

/// The models an audit measures.
public enum ModelRole: String, Codable, Sendable, CaseIterable {
    /// As delivered.
    case suspect
    /// After mixing with the base and E-PUR, before fine-tuning.
    case mixed
    /// After mixing and fine-tuning on the clean texts.
    case purified
    /// The base fine-tuned on clean texts under a new head, the better of the honest models that judge: what an honest
    /// model does.
    case reference
}

/// Clean accuracy of one model.
public struct ModelAccuracy: Codable, Sendable, Equatable {
    public var model: ModelRole
    public var accuracy: Accuracy

    public init(model: ModelRole, accuracy: Accuracy) {
        self.model = model
        self.accuracy = accuracy
    }
}

/// How much worse than the suspect the purified model is, as a difference of shares of the same texts.
public struct RemedyCost: Codable, Sendable, Equatable {
    public enum Measure: String, Codable, Sendable, CaseIterable {
        /// Accuracy lost on all texts.
        case accuracy
        /// Accuracy lost on the texts of one label.
        case classAccuracy
        /// Rise of the share of other labels' texts that are predicted as one label.
        case floor
    }

    public var measure: Measure
    /// Nil for the accuracy on all texts.
    public var label: Int?
    public var difference: Difference
    public var n: Int
    /// Texts that only the suspect answers right (or, of a floor, only the purified model answers with the label).
    public var worse: Int
    /// Texts that changed the other way.
    public var better: Int
    /// Texts that both models answer so.
    public var both: Int

    public init(
        measure: Measure, label: Int?, difference: Difference, n: Int, worse: Int, better: Int, both: Int
    ) {
        self.measure = measure
        self.label = label
        self.difference = difference
        self.n = n
        self.worse = worse
        self.better = better
        self.both = both
    }
}

/// What random tokens do to one model.
public struct ControlSummary: Codable, Sendable, Equatable {
    public var model: ModelRole
    public var target: Int
    /// Number of control tokens.
    public var count: Int
    public var mean: Double
    public var percentile95: Double
    public var maximum: Double

    public init(model: ModelRole, target: Int, count: Int, mean: Double, percentile95: Double, maximum: Double) {
        self.model = model
        self.target = target
        self.count = count
        self.mean = mean
        self.percentile95 = percentile95
        self.maximum = maximum
    }
}

/// Random tokens that flip a model far more than any honest one, towards one target.
public struct BroadEffect: Codable, Sendable, Equatable {
    public var target: Int
    public var model: ModelRole
    /// Random tokens tried.
    public var tokens: Int
    /// Of them, those that surely flip more than the limit of discovered triggers beyond every honest model.
    public var beyond: Int
    /// `beyond` of `tokens`.
    public var share: Rate
    /// A few of them, raw.
    public var examples: [String]

    public init(target: Int, model: ModelRole, tokens: Int, beyond: Int, share: Rate, examples: [String]) {
        (self.target, self.model, self.tokens, self.beyond) = (target, model, tokens, beyond)
        (self.share, self.examples) = (share, examples)
    }
}

/// A candidate that was not judged, as the discover texts saw it.
public struct ScreenedCandidate: Codable, Sendable, Equatable {
    public var trigger: String
    public var target: Int
    public var asr: Double
    public var floor: Double
    /// ASR on the search's honest model, which judges nothing; nil where it was not measured.
    public var referenceASR: Double?
    /// Why it was not judged, such as "weaker than the judged ones".
    public var reason: String

    public init(
        trigger: String, target: Int, asr: Double, floor: Double, referenceASR: Double? = nil, reason: String
    ) {
        self.referenceASR = referenceASR
        self.trigger = trigger
        self.target = target
        self.asr = asr
        self.floor = floor
        self.reason = reason
    }
}
