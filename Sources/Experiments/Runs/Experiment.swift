import Audit
import Checkpoints
import Files
import Kernels

/// A table of attacks and remedies: planned, measured cell by cell, and written.
///
/// Every finished cell is a file; a killed run goes on after the last one.
public final class Experiment {
    let options: ExperimentOptions
    let config: ExperimentConfig
    let configDigest: InputDigest
    let base: BaseModel
    let plans: [TaskPlan]
    let cells: CellStore
    /// Tasks that this run measures.
    let selected: [TaskPlan]

    /// Reads and checks everything that needs no training.
    ///
    /// - Throws: an error whose description is one sentence that names the file and says what to do.
    public init(_ options: ExperimentOptions) throws {
        self.options = options
        let file = try InputFile(path: options.config)
        let bytes = try file.bytes(limit: 1 << 20)
        configDigest = InputDigest(name: file.name, of: bytes)
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw AuditError(usage: "\(options.config): not UTF-8 text; a table is a YAML file")
        }
        config = try ExperimentConfig(yaml: text, file: file.name)
        guard config.precision.isAvailable else {
            throw AuditError(
                usage: "\(file.name): bf16 needs a processor with AVX512_BF16; write \"precision: f32\"")
        }
        let names = config.tasks.map(\.name)
        if let unknown = options.only.first(where: { !names.contains($0) }) {
            throw AuditError(
                usage: "\(file.name): there is no task \"\(unknown)\"; it has: \(names.joined(separator: ", "))")
        }
        let folder = options.dataFolder ?? options.configFolder
        let basePath = options.base ?? TaskData.resolve(config.base, folder)
        let base = try ModelPair.inFolder(basePath) { try BaseModel(path: basePath) }
        self.base = base
        plans = try config.tasks.map { [config] task in
            try TaskPlan(TaskSetup(task, base: base, folder: folder), precision: config.precision)
        }
        selected = plans.filter { options.only.isEmpty || options.only.contains($0.setup.config.name) }
        cells = CellStore(folder: options.output + "/cells")
    }

    /// What is left to do costs, by a calibration of a few seconds; nothing is trained.
    public func estimate() throws -> ExperimentEstimate {
        try Schedule(self, workers: Workers(threads: options.threads)).estimate
    }

    /// Measures every cell that is not finished and writes the tables.
    ///
    /// - Parameter report: told about every event.
    /// - Throws: what keeps the whole run from going on; a cell that fails is recorded, and the others go on.
    public func run(report: @escaping (ExperimentEvent) -> Void = { _ in }) throws -> ExperimentSummary {
        let workers = Workers(threads: options.threads)
        let locks = try selected.map { try FolderLock(folder: modelFolder($0), option: "--models") }
        defer { withExtendedLifetime(locks) {} }
        try Folder.create(cells.folder)
        try writeResults()
        let schedule = try Schedule(self, workers: workers)
        report(.estimated(schedule.estimate))
        var failed = 0
        for plan in selected {
            let run = try TaskRun(self, plan, workers: workers, schedule: schedule, report: report)
            for seed in plan.seeds { failed += try run.run(seed) }
        }
        let all = plans.flatMap(\.cells)
        return ExperimentSummary(
            cells: all.count, finished: all.count { cells.finished($0) != nil }, failed: failed)
    }

    /// Folder of a task's models.
    func modelFolder(_ plan: TaskPlan) -> String {
        (options.models ?? options.output + "/models") + "/" + plan.setup.config.name
    }

    /// Writes the tables of all cells that are finished.
    func writeResults() throws {
        let results = Results(
            config: config, configDigest: configDigest, base: base, command: options.command,
            tasks: plans.map { TaskResults($0, cells) })
        try ResultFiles.write(results, to: options.output)
    }
}
