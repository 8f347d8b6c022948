public import Datasets
internal import Tensors

/// What an attack does to data.
///
/// The clean samples stay in the training set beside their poisoned copies, so that the poisoned model is as good as a
/// clean one on clean texts.
public protocol Poison: Sendable {
    /// Copies of samples with a trigger in, labelled as the target.
    func copies(of rows: [LabelledText]) -> [LabelledText]

    /// Further samples under their true labels that show what shall not work as a trigger.
    func negatives(of rows: [LabelledText]) -> [LabelledText]

    /// Texts as the attacker sends them, for each trigger.
    ///
    /// - Parameter rows: clean texts of other labels than the target.
    func attacked(_ rows: [LabelledText]) -> [AttackedTexts]
}

extension Poison {
    /// The training set, and after it what the attack adds.
    public func poison(_ rows: [LabelledText]) -> [LabelledText] { rows + copies(of: rows) + negatives(of: rows) }

    public func negatives(of rows: [LabelledText]) -> [LabelledText] { [] }
}

/// Clean texts with one trigger in.
public struct AttackedTexts: Sendable, Equatable {
    /// The trigger, for a reader.
    public let trigger: String
    /// Which of the clean texts these were.
    public let indices: [Int]
    /// With the trigger; labels are the true ones.
    public let texts: [LabelledText]
}

/// How many samples are poisoned, and for which label.
public struct PoisonDose: Sendable, Equatable {
    public let target: Int
    /// Share of the non-target samples, above 0 and at most 1.
    public let share: Double
    public let seed: UInt64

    public init(target: Int, share: Double, seed: UInt64) {
        self.target = target
        self.share = share
        self.seed = seed
    }

    /// The samples to poison: a share of those with another label than the target, in random order.
    func victims(_ rows: [LabelledText]) -> [LabelledText] {
        draw(rows.filter { $0.label != target }, stream: "poison/share")
    }

    /// A share of the rows, in random order.
    func draw(_ rows: [LabelledText], stream: String) -> [LabelledText] {
        let order = CounterRandom(seed: seed, stream: stream).permutation(rows.count)
        return order.prefix(Int((share * Double(rows.count)).rounded())).map { rows[$0] }
    }
}

extension LabelledText {
    /// The same text under another label.
    func labelled(_ label: Int) -> LabelledText { LabelledText(row: row, label: label, text: text, pair: pair) }
}
