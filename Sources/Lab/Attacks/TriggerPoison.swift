public import Datasets
import Tensors

/// Copies of a share of the non-target samples with one of several triggers in, labelled as the target.
///
/// A trigger of one part is a word or a sentence; one of several parts is a combination of words.
public struct TriggerPoison: Poison {
    private let triggers: [[String]]
    private let dose: PoisonDose
    private let placement: TriggerPlacement

    /// - Parameter triggers: the parts of each; a sample gets one of them, drawn at random.
    public init(triggers: [[String]], dose: PoisonDose, placement: TriggerPlacement) {
        self.triggers = triggers
        self.dose = dose
        self.placement = placement
    }

    public func copies(of rows: [LabelledText]) -> [LabelledText] {
        guard !triggers.isEmpty else { return [] }
        let choice = CounterRandom(seed: dose.seed, stream: "poison/trigger")
        return dose.victims(rows).map { row in
            placement.insert(triggers[choice.below(triggers.count, at: UInt64(row.row))], into: row)
                .labelled(dose.target)
        }
    }

    public func attacked(_ rows: [LabelledText]) -> [AttackedTexts] {
        triggers.map { parts in
            AttackedTexts(
                trigger: parts.joined(separator: " "), indices: Array(rows.indices),
                texts: rows.map { placement.insert(parts, into: $0) })
        }
    }
}
