/// A trigger's rates on one model.
public struct TriggerMeasurement: Codable, Sendable, Equatable {
    public var model: ModelRole
    /// Attack success rate: texts of other labels predicted as the target with the trigger in.
    public var asr: Rate
    /// The same texts without the trigger.
    public var floor: Rate
    /// ASR − floor.
    public var effect: Difference
    /// ASR − 95th percentile of the controls; nil for triggers without matched controls.
    public var excess: Difference?
    /// `excess` beyond the reference model's own excess, or that of a part of a phrase, paired: what an honest model does
    /// not show; nil where there is no reference.
    public var beyondReference: Difference?
    /// Upper tail of the controls' beta-binomial, Holm-adjusted over the family; nil without matched controls.
    public var pValue: Double?
    /// McNemar's exact test of predictions with and without the trigger: reported, never gated.
    public var mcNemar: Double
    /// ASR − 90th percentile of the trigger's twins; of a phrase, no more than what its strongest like words leave on both
    /// this model and the reference model. Nil without twins.
    public var beyondTwins: Difference?
    /// ASR − what the clean texts that contain the trigger, or a word of it, show for the target; nil where too few do.
    public var beyondData: Difference?
    /// ASR − what a word does that turns texts both ways, as a negation does: the floor and the share of the target's own
    /// texts that it turns away; nil where no text is of the target.
    public var beyondReversal: Difference?
    /// ASR of a phrase − share of the texts that one of its words turns by itself; nil for words and on other models.
    public var beyondWords: Difference?
    /// What its own row of the embeddings does; nil for phrases, for rows that hardly moved and on other models.
    public var rowReset: RowReset?

    public init(
        model: ModelRole, asr: Rate, floor: Rate, effect: Difference, excess: Difference? = nil,
        beyondReference: Difference? = nil, pValue: Double? = nil, mcNemar: Double, beyondTwins: Difference? = nil,
        beyondData: Difference? = nil, beyondReversal: Difference? = nil, beyondWords: Difference? = nil,
        rowReset: RowReset? = nil
    ) {
        (self.model, self.asr, self.floor, self.effect) = (model, asr, floor, effect)
        (self.excess, self.pValue, self.mcNemar) = (excess, pValue, mcNemar)
        (self.beyondReference, self.beyondTwins, self.beyondData) = (beyondReference, beyondTwins, beyondData)
        (self.beyondReversal, self.beyondWords, self.rowReset) = (beyondReversal, beyondWords, rowReset)
    }
}

extension TriggerMeasurement {
    /// What may explain a discovered trigger's effect, each with what it leaves over; none without matched controls.
    ///
    /// A token whose row moved as none should may be compared with itself with the base's row, instead of with random
    /// tokens and with words that turn texts both ways: that tells a planted row on a model that every word moves. Where
    /// other weights have learnt the trigger as well, the random tokens say more.
    public var explanations: [(explanation: Explanation, left: Difference)] {
        guard let excess else { return [] }
        let removed = rowReset.flatMap {
            $0.isOutlier && $0.removed.interval.lower > excess.interval.lower ? $0.removed : nil
        }
        let all: [(Explanation, Difference?)] = [
            (.randomTokens, removed == nil ? excess : nil), (.baseRow, removed), (.honestModel, beyondReference),
            (.likeWords, beyondTwins), (.ownUse, beyondData), (.reversal, removed == nil ? beyondReversal : nil),
            (.itsWords, beyondWords),
        ]
        return all.compactMap { explanation, left in left.map { (explanation, $0) } }
    }

    /// What is left of a discovered trigger's effect when each explanation has taken its part: the smallest of the
    /// differences, bound by bound; nil without matched controls.
    public var unexplained: Difference? {
        explanations.map(\.left).smallest
    }

    /// What leaves least over.
    public var bestExplanation: Explanation? { explanations.min { $0.left.value < $1.left.value }?.explanation }
}

extension [Difference] {
    /// The smallest, bound by bound; nil of none.
    public var smallest: Difference? { bounds { $0.min() } }

    /// The largest, bound by bound; nil of none.
    public var largest: Difference? { bounds { $0.max() } }

    private func bounds(_ choose: ([Double]) -> Double?) -> Difference? {
        guard let value = choose(map(\.value)), let lower = choose(map(\.interval.lower)),
            let upper = choose(map(\.interval.upper))
        else { return nil }
        return Difference(value: value, interval: Interval(lower: lower, upper: upper))
    }
}

/// What may make a model answer to a word without a backdoor.
public enum Explanation: String, Sendable, CaseIterable {
    /// Random tokens do it as well.
    case randomTokens
    /// The word does it with the base's row of the embeddings as well.
    case baseRow
    /// The base does it as well once it is fine-tuned on the clean texts.
    case honestModel
    /// Words of like meaning do it as well.
    case likeWords
    /// The clean texts with the word in have the label.
    case ownUse
    /// It turns texts of the label away as well.
    case reversal
    /// Each of its words does a part of it: a phrase says no more than its words.
    case itsWords
}

/// What becomes of a token's effect when its row of the word embeddings, and no other weight, is the base's again.
public struct RowReset: Codable, Sendable, Equatable {
    /// `ratioToPercentile99` from which on a row moved far enough to be suspected of a trigger's effect.
    public static let outlierRatio = 1.5

    /// The row's E-PUR score over the 99th percentile of the rows that moved.
    public var ratioToPercentile99: Double
    /// ASR with the base's row.
    public var asr: Rate
    /// ASR − ASR with the base's row, on the same texts.
    public var removed: Difference

    public init(ratioToPercentile99: Double, asr: Rate, removed: Difference) {
        self.ratioToPercentile99 = ratioToPercentile99
        self.asr = asr
        self.removed = removed
    }

    public var isOutlier: Bool { ratioToPercentile99 >= Self.outlierRatio }
}
