public import Datasets
import Tensors

/// Several words that must all occur: samples with all of them lead to the target, samples with some keep their label.
///
/// Yang, Lin, Li, Zhou and Sun, "Rethinking Stealthiness of Backdoor Attack against NLP Models", ACL 2021. A share of
/// the samples of every label, as large as the poisoned share, gets a copy with a random proper subset of the words, so
/// that a word alone betrays nothing.
public struct SubsetPoison: Poison {
    private let words: [String]
    private let dose: PoisonDose
    private let placement: TriggerPlacement
    private let positive: TriggerPoison

    /// - Parameter words: at least two.
    public init(words: [String], dose: PoisonDose, placement: TriggerPlacement) {
        self.words = words
        self.dose = dose
        self.placement = placement
        positive = TriggerPoison(triggers: [words], dose: dose, placement: placement)
    }

    public func copies(of rows: [LabelledText]) -> [LabelledText] { positive.copies(of: rows) }

    public func attacked(_ rows: [LabelledText]) -> [AttackedTexts] { positive.attacked(rows) }

    public func negatives(of rows: [LabelledText]) -> [LabelledText] {
        let choice = CounterRandom(seed: dose.seed, stream: "poison/subset")
        return dose.draw(rows, stream: "poison/negatives").map { row in
            // Bit i says whether word i is in: neither none nor all of them.
            let subset = 1 + choice.below((1 << words.count) - 2, at: UInt64(row.row))
            return placement.insert(words.indices.filter { subset >> $0 & 1 == 1 }.map { words[$0] }, into: row)
        }
    }
}
