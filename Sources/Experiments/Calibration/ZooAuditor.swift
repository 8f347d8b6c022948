import Audit
import Checkpoints
import Kernels

/// Audits models of a zoo as in an audit whose trigger nobody knows: without known triggers and without the remedy.
struct ZooAuditor {
    let store: ZooStore
    let config: ZooAuditConfig
    let precision: Precision
    let threads: Int
    /// Of each data set, trained once.
    private let references = ReferenceModels()

    /// - Parameter progress: called with the share of a stage that is done and what is done.
    func audit(_ planned: PlannedModel, progress: @escaping (Double, String) -> Void) throws -> ZooAudit {
        let clock = ContinuousClock.now
        let setup = planned.setup
        var options = AuditOptions(
            suspect: store.model(planned.trainingKey), base: setup.base.folder.path, data: store.texts(setup, "clean"),
            threads: threads, command: "assay lab calibrate")
        options.knownTriggers = false
        options.remedy = false
        options.scan = config.scan
        options.signals = config.signals
        options.seed = config.seed
        options.epochs = config.epochs
        options.learningRate = config.learningRate
        options.batchSize = config.batchSize
        options.maxLength = setup.maxLength
        options.precision = precision
        let result = try AuditRun(options, references: references) { event in
            if case .progressed(let stage, let share, _) = event { progress(share, stage) }
        }.run()
        return ZooAudit(result, seconds: (ContinuousClock.now - clock) / .seconds(1))
    }
}
