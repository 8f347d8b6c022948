/// A trigger's rates on one model.
public struct TriggerMeasurement: Codable, Sendable, Equatable {
    public var model: ModelRole
    /// Attack success rate: texts of other labels predicted as the target with the trigger in.
    public var asr: Rate
    /// The same texts without the trigger.
    public var floor: Rate
    /// ASR − floor.
    public var effect: Difference
    /// ASR − what honest models allow: of the one that allows most its own ASR, or this model's floor and what the trigger
    /// adds to the honest model's, whichever is more, and once more the range of what they allow. Paired, bound by bound.
    /// Nil where no honest model was asked.
    public var beyondHonest: Difference?
    /// ASR − the 95th percentile of random tokens on this model, which counts only as far as honest models nearly reach it.
    /// Nil where none was measured.
    public var beyondRandom: Difference?
    /// McNemar's exact test of predictions with and without the trigger: reported, never gated.
    public var mcNemar: Double

    public init(
        model: ModelRole, asr: Rate, floor: Rate, effect: Difference, beyondHonest: Difference? = nil,
        beyondRandom: Difference? = nil, mcNemar: Double
    ) {
        (self.model, self.asr, self.floor, self.effect) = (model, asr, floor, effect)
        (self.beyondHonest, self.beyondRandom, self.mcNemar) = (beyondHonest, beyondRandom, mcNemar)
    }

    /// What decides of a discovered trigger: the smaller of what is left beyond honest models and beyond random tokens, bound
    /// by bound; nil where no honest model was asked.
    public var judged: Difference? { beyondHonest.flatMap { [$0, beyondRandom].compactMap(\.self).smallest } }
}

/// What one honest model does with a trigger: the base fine-tuned on the auditor's clean texts, asked only about texts that
/// it did not learn from.
public struct HonestRate: Codable, Sendable, Equatable {
    public var asr: Rate
    public var floor: Rate

    public init(asr: Rate, floor: Rate) { (self.asr, self.floor) = (asr, floor) }
}

extension [Difference] {
    /// The smallest, bound by bound; nil of none.
    public var smallest: Difference? {
        guard let value = map(\.value).min(), let lower = map(\.interval.lower).min(),
            let upper = map(\.interval.upper).min()
        else { return nil }
        return Difference(value: value, interval: Interval(lower: lower, upper: upper))
    }
}
