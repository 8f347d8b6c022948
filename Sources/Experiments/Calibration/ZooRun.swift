import Kernels

/// Trains and audits one model.
struct ZooRun {
    private let trainer: ZooTrainer
    private let auditor: ZooAuditor
    private let machine: String
    private let report: (ZooEvent) -> Void

    init(_ zoo: Zoo, workers: Workers, report: @escaping (ZooEvent) -> Void) {
        trainer = ZooTrainer(store: zoo.store, precision: zoo.config.precision, workers: workers)
        auditor = ZooAuditor(
            store: zoo.store, config: zoo.config.audit, precision: zoo.config.precision,
            threads: zoo.options.files.threads)
        machine = zoo.options.files.machine
        self.report = report
    }

    /// The record of a model, of its failure where it fails.
    func run(_ planned: PlannedModel) throws -> ZooRecord {
        var record = ZooRecord(name: planned.name, key: planned.key, inputs: planned.inputs, machine: machine)
        let progress = { (share: Double, detail: String) in
            report(.progressed(title: planned.name, share: share, detail: detail))
        }
        do {
            record.trained = try trainer.train(planned, progress: progress)
            record.audit = try auditor.audit(planned, progress: progress)
        } catch {
            (record.trained, record.audit, record.error) = (nil, nil, "\(error)")
        }
        return record
    }
}
