import Checkpoints
import Files
import FoundationEssentials

/// The models and texts of one task while its cells are measured.
struct ModelStore {
    /// Of this task.
    let folder: String

    /// A file of texts that models are trained on.
    func texts(_ purpose: String) -> String { "\(folder)/data/\(purpose).tsv" }

    /// Writes the texts that suspects and remedies are trained on.
    func write(_ data: TaskData) throws {
        try Folder.create(folder + "/data")
        try AtomicFile.write(data.train.tsv, to: texts("train"))
        try AtomicFile.write(data.clean.tsv, to: texts("clean"))
    }

    private func place(_ suspect: PlannedSuspect) -> String { "\(folder)/seed-\(suspect.seed)/\(suspect.slug)" }

    /// Folder of the suspect itself.
    func model(_ suspect: PlannedSuspect) -> String { place(suspect) + "/model" }

    /// Folder of what its remedies have in common.
    func work(_ suspect: PlannedSuspect) -> String { place(suspect) + "/work" }

    /// Folder of the purified model that is measured now.
    func purified(_ suspect: PlannedSuspect) -> String { place(suspect) + "/purified" }

    /// What is known about a suspect that is there as it must be.
    func record(_ suspect: PlannedSuspect) -> SuspectRecord? {
        guard let record = JSONFile.read(SuspectRecord.self, from: place(suspect) + "/suspect.json"),
            record.key == suspect.key,
            let weights = try? InputFile(path: model(suspect) + "/model.safetensors"),
            weights.size == record.weights.size
        else { return nil }
        return record
    }

    /// Makes room for a suspect; what is left of another one goes.
    func prepare(_ suspect: PlannedSuspect) throws {
        try remove(suspect)
        try Folder.create(model(suspect))
    }

    /// Says that a suspect is complete: written last.
    func save(_ record: SuspectRecord, of suspect: PlannedSuspect) throws {
        try JSONFile.write(record, to: place(suspect) + "/suspect.json")
    }

    func remove(_ suspect: PlannedSuspect) throws { try Self.remove(place(suspect)) }

    func removePurified(_ suspect: PlannedSuspect) throws { try Self.remove(purified(suspect)) }

    /// Removes everything of a seed.
    func remove(seed: UInt64) throws { try Self.remove("\(folder)/seed-\(seed)") }

    private static func remove(_ path: String) throws {
        guard FileManager.default.fileExists(atPath: path) else { return }
        try FileManager.default.removeItem(atPath: path)
    }
}
