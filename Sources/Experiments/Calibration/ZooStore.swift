import Checkpoints
import Files
import FoundationEssentials

/// The files of a zoo: a record for every finished model, and models and texts while they are needed.
struct ZooStore: Sendable {
    /// Folder of the records.
    let records: String
    /// Folder of models and texts.
    let models: String

    /// The record of a model, failed or not; nil where there is none, or one of other inputs.
    func record(_ planned: PlannedModel) -> ZooRecord? {
        guard let record = JSONFile.read(ZooRecord.self, from: "\(records)/\(planned.name).json", limit: 1 << 26),
            record.schemaVersion == ZooRecord.currentSchemaVersion, record.key == planned.key,
            record.name == planned.name, (record.trained != nil && record.audit != nil) == (record.error == nil)
        else { return nil }
        return record
    }

    /// Writes a record whole or not at all.
    func save(_ record: ZooRecord) throws { try JSONFile.write(record, to: "\(records)/\(record.name).json") }

    /// A file of a data set's texts.
    func texts(_ setup: TaskSetup, _ purpose: String) -> String { "\(models)/data/\(setup.config.name)/\(purpose).tsv" }

    /// Writes the texts of a data set.
    func write(_ setup: TaskSetup) throws {
        try Folder.create("\(models)/data/\(setup.config.name)")
        let purposes = [("train", setup.data.train), ("clean", setup.data.clean), ("test", setup.data.test)]
        for (purpose, texts) in purposes { try AtomicFile.write(texts.tsv, to: self.texts(setup, purpose)) }
    }

    private func place(_ key: String) -> String { "\(models)/\(key.prefix(16))" }

    /// Folder of a model.
    func model(_ key: String) -> String { place(key) + "/model" }

    /// What is known about a model that is there as it must be.
    func trained(_ key: String) -> ZooTrained? {
        guard let record = JSONFile.read(ZooTrained.self, from: place(key) + "/trained.json"), record.key == key,
            let weights = try? InputFile(path: model(key) + "/model.safetensors"), weights.size == record.weights.size
        else { return nil }
        return record
    }

    /// Makes room for a model; what is left of an unfinished one goes.
    func prepare(_ key: String) throws {
        try remove(key)
        try Folder.create(model(key))
    }

    /// Says that a model is complete: written last.
    func save(_ trained: ZooTrained) throws { try JSONFile.write(trained, to: place(trained.key) + "/trained.json") }

    func remove(_ key: String) throws {
        guard FileManager.default.fileExists(atPath: place(key)) else { return }
        try FileManager.default.removeItem(atPath: place(key))
    }
}
