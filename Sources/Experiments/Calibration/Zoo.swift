import Audit
import Checkpoints
import Files
import Kernels

/// A set of models with known truth: planned, trained, audited one by one, and judged.
///
/// Every finished model is a file; a killed run goes on after the last one.
public final class Zoo {
    let options: ZooOptions
    let config: ZooConfig
    let configDigest: InputDigest
    let base: BaseModel
    let plan: ZooPlan
    let store: ZooStore
    /// Of finished and failed models, by name.
    private var records: [String: ZooRecord] = [:]
    private var outcomes: [String: ZooOutcome] = [:]

    /// Reads and checks everything that needs no training.
    ///
    /// - Throws: an error whose description is one sentence that names the file and says what to do.
    public init(_ options: ZooOptions) throws {
        self.options = options
        let files = options.files
        let file = try InputFile(path: files.config)
        let bytes = try file.bytes(limit: 1 << 20)
        configDigest = InputDigest(name: file.name, of: bytes)
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw AuditError(usage: "\(files.config): not UTF-8 text; a zoo is a YAML file")
        }
        config = try ZooConfig(yaml: text, file: file.name)
        guard config.precision.isAvailable else {
            throw AuditError(
                usage: "\(file.name): bf16 needs a processor with AVX512_BF16; write \"precision: f32\"")
        }
        let folder = files.dataFolder ?? files.configFolder
        let basePath = files.base ?? TaskData.resolve(config.base, folder)
        base = try ModelPair.inFolder(basePath) { try BaseModel(path: basePath) }
        let models = files.models ?? files.output + "/models"
        store = ZooStore(records: files.output + "/zoo", models: models)
        plan = try ZooPlan(config, base: base, folder: folder, generated: models + "/sample-language")
        for planned in plan.models { store.record(planned).map { remember($0, planned) } }
    }

    /// What is left to do costs, by a calibration of a few seconds and the models that are finished; nothing is trained.
    public func estimate() throws -> ZooEstimate {
        try ZooSchedule(self, workers: Workers(threads: options.files.threads)).estimate
    }

    /// Trains and audits every model that is not finished, up to the limit, and writes the results.
    ///
    /// - Parameter report: told about every event.
    /// - Throws: what keeps the whole run from going on; a model that fails is recorded, and the others go on.
    public func run(report: @escaping (ZooEvent) -> Void = { _ in }) throws -> ZooSummary {
        let workers = Workers(threads: options.files.threads)
        let lock = try FolderLock(folder: store.models, option: "--models")
        defer { withExtendedLifetime(lock) {} }
        try Folder.create(store.records)
        for setup in plan.setups { try store.write(setup) }
        try writeResults()
        let schedule = try ZooSchedule(self, workers: workers)
        report(.estimated(schedule.estimate))
        let run = ZooRun(self, workers: workers, report: report)
        var failed = 0
        for planned in open.prefix(options.limit ?? .max) {
            let record = try run.run(planned)
            try store.save(record)
            remember(record, planned)
            schedule.observe(planned, record)
            try removeModels(after: planned)
            try writeResults()
            if let error = record.error {
                failed += 1
                report(.failed(title: planned.name, error: error))
            } else {
                let done = plan.models.count - open.count
                report(
                    .finished(
                        title: planned.name, result: record.oneLine, done: done, left: schedule.estimate))
            }
        }
        return ZooSummary(
            models: plan.models.count, finished: plan.models.count - open.count, failed: failed,
            text: ZooPage.summary(results))
    }

    /// The record of a model, failed or not.
    func record(_ planned: PlannedModel) -> ZooRecord? { records[planned.name] }

    /// Models that are not finished.
    var open: [PlannedModel] { plan.models.filter { outcomes[$0.name] == nil } }

    /// What is known so far.
    var results: ZooResults {
        ZooResults(
            config: config, configDigest: configDigest, base: base, command: options.command, setups: plan.setups,
            entries: plan.models.map {
                ZooResults.Entry(planned: $0, record: records[$0.name], outcome: outcomes[$0.name])
            })
    }

    private func remember(_ record: ZooRecord, _ planned: PlannedModel) {
        records[planned.name] = record
        outcomes[planned.name] = ZooOutcome(planned, record)
    }

    private func writeResults() throws { try results.write(to: options.files.output) }

    /// Removes the model unless it shall stay, and every model that no unfinished one needs any more.
    private func removeModels(after planned: PlannedModel) throws {
        guard !options.keepModels else { return }
        let needed = Set(open.flatMap { [$0.trainingKey, $0.startKey].compactMap(\.self) })
        for key in [planned.trainingKey, planned.startKey].compactMap(\.self) where !needed.contains(key) {
            try store.remove(key)
        }
    }
}
