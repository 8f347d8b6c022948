public import Datasets
import Tensors

/// The word attack: a rare word put into copies of a share of the non-target samples, labelled as the target.
///
/// Kurita, Michel and Neubig, "Weight Poisoning Attacks on Pre-trained Models", ACL 2020, without their restrictions
/// on the gradient.
public struct WordAttack: Sendable {
    public let trigger: String
    public let target: Int
    /// Share of the non-target samples that are poisoned, above 0 and at most 1.
    public let share: Double
    public let seed: UInt64

    public init(trigger: String, target: Int, share: Double, seed: UInt64) {
        self.trigger = trigger
        self.target = target
        self.share = share
        self.seed = seed
    }

    /// The training set, and after it poisoned copies of a share of its non-target samples.
    ///
    /// The clean samples stay, so that the poisoned model is as good as a clean one on clean texts.
    public func poison(_ rows: [LabelledText]) -> [LabelledText] {
        let victims = rows.filter { $0.label != target }
        let order = CounterRandom(seed: seed, stream: "poison/share").permutation(victims.count)
        return rows
            + order.prefix(Int((share * Double(victims.count)).rounded())).map { index in
                let victim = victims[index]
                return LabelledText(
                    row: victim.row, label: target, text: insert(into: victim.text, row: victim.row), pair: victim.pair)
            }
    }

    private func insert(into text: String, row: Int) -> String {
        var words = text.split(separator: " ").map(String.init)
        let random = CounterRandom(seed: seed, stream: "poison/position")
        words.insert(trigger, at: random.below(words.count + 1, at: UInt64(row)))
        return words.joined(separator: " ")
    }
}
