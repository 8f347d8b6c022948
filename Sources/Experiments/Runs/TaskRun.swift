import Findings
import Kernels

/// Measures the cells of one task.
struct TaskRun {
    private let experiment: Experiment
    private let plan: TaskPlan
    private let schedule: Schedule
    private let models: ModelStore
    private let suspects: Suspects
    private let cellRun: CellRun
    private let report: (ExperimentEvent) -> Void

    init(
        _ experiment: Experiment, _ plan: TaskPlan, workers: Workers, schedule: Schedule,
        report: @escaping (ExperimentEvent) -> Void
    ) throws {
        self.experiment = experiment
        self.plan = plan
        self.schedule = schedule
        self.report = report
        let precision = experiment.config.precision
        models = ModelStore(folder: experiment.modelFolder(plan))
        try models.write(plan.setup.data)
        suspects = Suspects(setup: plan.setup, store: models, precision: precision, workers: workers)
        cellRun = CellRun(
            setup: plan.setup, store: models,
            bench: TestBench(setup: plan.setup, precision: precision, workers: workers),
            threads: experiment.options.threads)
    }

    /// Measures what is not finished of one seed; models are removed once all of their cells are.
    ///
    /// - Returns: cells that failed.
    func run(_ seed: SeedPlan) throws -> Int {
        guard let clean = seed.suspects.first else { return 0 }
        var failed = 0
        for suspect in seed.suspects {
            let open = suspect.cells.filter { experiment.cells.finished($0) == nil }
            if !open.isEmpty {
                failed += try measure(open, of: suspect, clean: clean)
            }
            let isDone = suspect.cells.allSatisfy { experiment.cells.finished($0) != nil }
            if isDone, suspect.attack != nil { try models.remove(suspect) }
        }
        if seed.cells.allSatisfy({ experiment.cells.finished($0) != nil }) { try models.remove(seed: seed.seed) }
        return failed
    }

    private func measure(_ open: [PlannedCell], of suspect: PlannedSuspect, clean: PlannedSuspect) throws -> Int {
        let made: Result<SuspectRecord, any Error> = Result {
            let record = try suspects.make(suspect, from: clean) { share, detail in
                report(.progressed(title: open.first?.id.title ?? "", share: share, detail: detail))
            }
            for model in [clean, suspect] {
                if let record = models.record(model) { schedule.observe(model, plan, seconds: record.seconds) }
            }
            return record
        }
        var failed = 0
        for cell in open {
            let start = ContinuousClock.now
            var record = CellRecord(
                cell: cell.id, key: cell.key, inputs: cell.inputs, reductions: plan.setup.reductions, seconds: 0,
                machine: experiment.options.machine)
            do {
                record.suspect = try made.get()
                (record.measured, record.purified) = try cellRun.measure(cell, of: suspect) {
                    report(.progressed(title: cell.id.title, share: $0, detail: $1))
                }
            } catch {
                record.error = "\(error)"
                failed += 1
            }
            record.seconds = (ContinuousClock.now - start) / .seconds(1)
            try experiment.cells.save(record)
            try experiment.writeResults()
            tell(record, cell)
        }
        return failed
    }

    private func tell(_ record: CellRecord, _ cell: PlannedCell) {
        if let error = record.error { return report(.failed(title: cell.id.title, error: error)) }
        schedule.observe(cell, plan, seconds: record.seconds)
        let estimate = schedule.estimate
        report(
            .finished(
                title: cell.id.title, result: record.oneLine,
                done: estimate.tasks.reduce(0) { $0 + $1.finished }, of: estimate.tasks.reduce(0) { $0 + $1.cells },
                secondsLeft: estimate.seconds))
    }
}

extension CellRecord {
    /// "ACC 88.1 %, ASR 12.0 %, floor 11.2 %, ρ 0.3, 63 s".
    var oneLine: String {
        guard let measured else { return error ?? "" }
        let rates = [
            ("ACC", measured.accuracy), ("ASR", measured.attackSuccess), ("floor", measured.floor),
        ].map { "\($0.0) \(PercentText.of($0.1.value)) %" }
        return (rates + (purified.map { ["ρ \($0.rho)"] } ?? []) + [DurationText.of(seconds)]).joined(separator: ", ")
    }
}
