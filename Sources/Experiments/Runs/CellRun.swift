import Audit
import Checkpoints
import Findings
import Kernels
import Lab

/// Measures one cell: the suspect as it is, or after a remedy.
struct CellRun {
    let setup: TaskSetup
    let store: ModelStore
    let bench: TestBench
    let threads: Int

    /// - Parameter progress: called with the share done and what is done.
    func measure(
        _ cell: PlannedCell, of suspect: PlannedSuspect, progress: @escaping (Double, String) -> Void
    ) throws -> (ModelMeasurement, CellRecord.Purified?) {
        var path = store.model(suspect)
        var purified: CellRecord.Purified?
        if let remedy = cell.inputs.remedy {
            path = store.purified(suspect)
            purified = try purify(remedy, suspect, progress: progress)
        }
        defer { if purified != nil { try? store.removePurified(suspect) } }
        let measured = try bench.measure(path, triggers: cell.inputs.triggers, seed: cell.id.seed) {
            progress($0, "measuring")
        }
        return (measured, purified)
    }

    private func purify(
        _ remedy: RemedyInputs, _ suspect: PlannedSuspect, progress: @escaping (Double, String) -> Void
    ) throws -> CellRecord.Purified {
        try store.removePurified(suspect)
        var options = PurifyOptions(
            suspect: store.model(suspect), base: setup.base.folder.path, data: store.texts("clean"),
            method: remedy.treatment.method, output: store.purified(suspect), threads: threads)
        options.epur = remedy.treatment.epur
        options.rho = remedy.rho
        options.rhoCurve = remedy.wholeCurve
        options.tolerance = remedy.tolerance
        options.allTexts = true
        options.work = store.work(suspect)
        options.epochs = remedy.epochs
        options.learningRate = remedy.learningRate
        options.batchSize = remedy.batchSize
        options.seed = suspect.seed
        options.maxLength = setup.maxLength
        options.precision = bench.precision
        let record = try PurifyRun(options) { event in
            if case .progressed(let stage, let share, let detail) = event { progress(share, "\(stage), \(detail)") }
        }.run()
        return CellRecord.Purified(
            rho: record.rho, choice: record.choice, curve: record.curve, steps: record.training.steps,
            texts: record.data.used, rowsReset: record.epur?.rows.count ?? 0)
    }
}
