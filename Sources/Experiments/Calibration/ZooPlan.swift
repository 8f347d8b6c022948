import Files
import Kernels
import Lab

/// A model that is to be trained and audited.
struct PlannedModel: Sendable {
    let model: ZooModel
    let setup: TaskSetup
    let inputs: ZooInputs
    /// Of the record: SHA-256 of `inputs`.
    let key: String
    /// Of the trained model alone.
    let trainingKey: String
    /// The same of the clean fine-tune that it continues from.
    let startKey: String?
    let half: ZooHalf
    /// Of its triggers; nil of a clean model.
    let rarity: TriggerRarity?

    var name: String { model.name }
}

/// Everything that a zoo needs, with its files read and checked.
struct ZooPlan: Sendable {
    /// In the order of the config.
    let setups: [TaskSetup]
    /// Clean and backdoored ones by turns, so that a part of a zoo says something of both.
    let models: [PlannedModel]

    /// - Parameters:
    ///   - folder: files that are not named from the root are in it.
    ///   - generated: folder for texts of the sample language; they are written here.
    /// - Throws: an error that names the file, data set or model.
    init(_ config: ZooConfig, base: BaseModel, folder: String, generated: String) throws {
        let setups = try config.data.map { try $0.setup(config, base: base, folder: folder, generated: generated) }
        self.setups = setups
        let halves = ZooHalf.split(config.models)
        let counts = Dictionary(
            uniqueKeysWithValues: setups.map { ($0.config.name, WordCounts($0.data.train.rows)) })
        let planned = try config.models.compactMap { model -> PlannedModel? in
            guard let setup = setups.first(where: { $0.config.name == model.data }) else { return nil }
            try Self.check(model, setup)
            func training(_ model: ZooModel) -> ZooTrainingInputs {
                ZooTrainingInputs(model, setup, precision: config.precision.rawValue)
            }
            let inputs = ZooInputs(
                model: training(model), clean: setup.data.clean.summary.sha256, audit: config.audit)
            return PlannedModel(
                model: model, setup: setup, inputs: inputs, key: try inputs.inputKey(),
                trainingKey: try inputs.model.inputKey(), startKey: try model.start.map { try training($0).inputKey() },
                half: halves[model.groupKey] ?? .held,
                rarity: model.attack.flatMap { counts[model.data]?.rarity($0) })
        }
        models = Self.byTurns(planned.filter { $0.model.attack == nil }, planned.filter { $0.model.attack != nil })
    }

    private static func check(_ model: ZooModel, _ setup: TaskSetup) throws(AuditError) {
        do throws(LabError) {
            _ = try model.attack?.plan.check(setup.base.tokenizer, labels: setup.data.labels)
        } catch {
            throw AuditError(usage: "\(model.name): \(error.description)")
        }
    }

    /// Both lists in their order, mixed evenly.
    private static func byTurns(_ first: [PlannedModel], _ second: [PlannedModel]) -> [PlannedModel] {
        func places(_ models: [PlannedModel]) -> [(place: Double, model: PlannedModel)] {
            models.enumerated().map { ((Double($0.offset) + 0.5) / Double(models.count), $0.element) }
        }
        return (places(first) + places(second)).sorted { ($0.place, $0.model.name) < ($1.place, $1.model.name) }
            .map(\.model)
    }
}

extension ZooData {
    /// Reads and checks the texts.
    func setup(_ config: ZooConfig, base: BaseModel, folder: String, generated: String) throws -> TaskSetup {
        var (files, place) = (("train.tsv", "clean.tsv", "test.tsv"), generated + "/" + name)
        switch source {
        case .files(let train, let clean, let test): (files, place) = ((train, clean, test), folder)
        case .sampleLanguage(let seed):
            try SampleTexts(seed: seed, train: trainRows, clean: config.audit.texts, test: testRows).write(to: place)
        }
        let task = TaskConfig(
            name: name, train: files.0, clean: files.1, test: files.2, trainRows: trainRows, testRows: testRows,
            maxLength: maxLength, target: 1, seeds: [], attacks: [], remedies: [], epur: [], fixedRho: [:],
            training: config.training, remedy: RemedyConfig(texts: config.audit.texts))
        return try TaskSetup(task, base: base, folder: place)
    }
}
