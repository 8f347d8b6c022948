import Audit

/// A cell of the table, by name.
struct CellID: Codable, Hashable, Sendable {
    var task: String
    /// The attack as the table titles it; `clean` is the clean fine-tune.
    var attack: String
    var seed: UInt64
    /// nil before any remedy.
    var treatment: TreatmentChoice?

    /// The attack's name of clean fine-tunes.
    static let clean = "clean"

    /// What a reader calls it.
    var title: String { "\(task) · \(attack) · seed \(seed) · \(treatment?.title ?? "before")" }

    /// Name of its file, without folder: "sst2_word-es-scratch_1_fine-mixing_epur.json".
    var fileName: String {
        let slug = attack.replacing(" (scratch)", with: "-scratch")
        let column = treatment.map { $0.method.rawValue + ($0.epur ? "_epur" : "") } ?? "before"
        return "\(task)_\(slug)_\(seed)_\(column).json"
    }
}
