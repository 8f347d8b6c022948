import Checkpoints
import Findings

extension FindingsList {
    /// What is unusual about the files of weights that were opened, the suspect's and the base's.
    static func weightFileNotes(_ pair: ModelPair) -> [Finding] {
        [("suspect", pair.suspect.checkpoint.notes), ("base", pair.base.checkpoint.notes)].compactMap { model, notes in
            notes.isEmpty
                ? nil
                : Finding(
                    code: .weightFileNote, severity: .low,
                    message: "The \(model)'s files of weights are unusual in \(notes.count) ways.",
                    evidence: notes.prefix(200).map { Evidence(label: "note", value: $0) })
        }
    }
}
