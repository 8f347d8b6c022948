import Audit
import Checkpoints
import Kernels

/// The results as table.json has them.
struct ResultsExport: Codable, Sendable {
    var schemaVersion = 1
    var tool = "assay"
    let version: String
    /// What these numbers are not.
    let note: String
    let command: String
    let config: InputDigest
    let base: Base
    let precision: String
    let tasks: [Task]

    struct Base: Codable, Sendable {
        let name: String
        let parameters: Int
        let files: [InputDigest]
    }

    struct Task: Codable, Sendable {
        let name: String
        let reductions: [String]
        let train: TaskTexts.Summary
        let clean: TaskTexts.Summary
        let test: TaskTexts.Summary
        let maxLength: Int
        let target: Int
        let seeds: [UInt64]
        let training: TrainingConfig
        let remedy: RemedyConfig
        let cells: [Cell]
        /// Empty until an attack is finished with every remedy.
        let means: [TreatmentMean]
    }

    struct Cell: Codable, Sendable {
        let cell: CellID
        let state: CellState
        /// nil of a cell that was not run.
        let record: CellRecord?
    }

    init(_ results: Results) {
        version = AuditRun.toolVersion
        note =
            "Measured on \(results.config.baseName) and the texts named here, not in the setting of the Fine-mixing paper."
        command = results.command
        config = results.configDigest
        base = Base(
            name: results.config.baseName, parameters: results.base.parameterCount, files: results.base.digests)
        precision = results.config.precision.rawValue
        tasks = results.tasks.map { task in
            let (config, setup) = (task.config, task.plan.setup)
            return Task(
                name: config.name, reductions: setup.reductions, train: setup.data.train.summary,
                clean: setup.data.clean.summary, test: setup.data.test.summary, maxLength: setup.maxLength,
                target: config.target, seeds: config.seeds, training: config.training, remedy: config.remedy,
                cells: task.plan.cells.map {
                    Cell(cell: $0.id, state: CellState(task.records[$0.id]), record: task.records[$0.id])
                }, means: task.means)
        }
    }
}
