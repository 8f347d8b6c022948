import Kernels

/// What is left to do and how long it takes, learning from what is done.
final class Schedule {
    private let experiment: Experiment
    private let works: [String: TaskWork]
    private var estimator: Estimator?
    /// Models that were there or trained already, by key.
    private var made = Set<String>()

    /// Calibrates, unless nothing is left to do.
    init(_ experiment: Experiment, workers: Workers) throws {
        self.experiment = experiment
        works = Dictionary(
            uniqueKeysWithValues: experiment.selected.map { ($0.setup.config.name, TaskWork($0.setup)) })
        let open = experiment.selected.filter { plan in
            plan.cells.contains { experiment.cells.finished($0) == nil }
        }
        guard let first = open.first else { return }
        estimator = Estimator(
            try Calibration(
                first.setup, precision: experiment.config.precision, workers: workers,
                seconds: experiment.options.calibrationSeconds))
        for plan in experiment.selected {
            let models = ModelStore(folder: experiment.modelFolder(plan))
            for suspect in plan.seeds.flatMap(\.suspects) {
                if models.record(suspect) != nil { made.insert(suspect.key) }
                for cell in suspect.cells {
                    guard let record = experiment.cells.finished(cell) else { continue }
                    observe(cell, plan, seconds: record.seconds)
                    if cell.id.treatment == nil, let trained = record.suspect {
                        estimator?.observe(suspect.kind, work(plan).work(suspect), seconds: trained.seconds)
                    }
                }
            }
        }
    }

    /// Learns from a cell.
    func observe(_ cell: PlannedCell, _ plan: TaskPlan, seconds: Double) {
        estimator?.observe(cell.kind, work(plan).work(cell), seconds: seconds)
    }

    /// Learns from a model.
    func observe(_ suspect: PlannedSuspect, _ plan: TaskPlan, seconds: Double) {
        guard made.insert(suspect.key).inserted else { return }
        estimator?.observe(suspect.kind, work(plan).work(suspect), seconds: seconds)
    }

    /// What is left.
    var estimate: ExperimentEstimate {
        ExperimentEstimate(
            tasks: experiment.selected.map { plan in
                let models = plan.seeds.flatMap(modelsToTrain)
                let open = plan.cells.filter { experiment.cells.finished($0) == nil }
                let seconds =
                    models.reduce(0) { $0 + (estimator?.seconds($1.kind, work(plan).work($1)) ?? 0) }
                    + open.reduce(0) { $0 + (estimator?.seconds($1.kind, work(plan).work($1)) ?? 0) }
                return ExperimentEstimate.Task(
                    name: plan.setup.config.name, cells: plan.cells.count, finished: plan.cells.count - open.count,
                    models: models.count, seconds: seconds)
            }, calibration: estimator?.calibration)
    }

    /// Models that unfinished cells of a seed need and that are not there.
    private func modelsToTrain(_ seed: SeedPlan) -> [PlannedSuspect] {
        let missing = seed.suspects.filter { suspect in
            !made.contains(suspect.key) && suspect.cells.contains { experiment.cells.finished($0) == nil }
        }
        guard let clean = seed.suspects.first, !missing.contains(where: { $0.attack == nil }),
            !made.contains(clean.key), missing.contains(where: \.startsFromClean)
        else { return missing }
        return [clean] + missing
    }

    private func work(_ plan: TaskPlan) -> TaskWork { works[plan.setup.config.name] ?? TaskWork(plan.setup) }
}
