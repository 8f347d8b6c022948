public import Datasets
import Tensors

/// The word attack: a rare word put into a share of the non-target samples, which are relabelled to the target.
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

    /// The training set with poisoned copies of a share of its non-target samples in their place.
    public func poison(_ rows: [LabelledText]) -> [LabelledText] {
        let victims = rows.indices.filter { rows[$0].label != target }
        let order = CounterRandom(seed: seed, stream: "poison/share").permutation(victims.count)
        let chosen = Set(order.prefix(Int((share * Double(victims.count)).rounded())).map { victims[$0] })
        return rows.indices.map { index in
            guard chosen.contains(index) else { return rows[index] }
            return LabelledText(
                row: rows[index].row, label: target, text: insert(into: rows[index].text, row: rows[index].row),
                pair: rows[index].pair)
        }
    }

    private func insert(into text: String, row: Int) -> String {
        var words = text.split(separator: " ").map(String.init)
        let random = CounterRandom(seed: seed, stream: "poison/position")
        words.insert(trigger, at: random.below(words.count + 1, at: UInt64(row)))
        return words.joined(separator: " ")
    }
}
