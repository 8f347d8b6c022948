import Audit
import Checkpoints
import Kernels
import Lab
import Transformers

/// Trains the models of a task.
struct Suspects {
    let setup: TaskSetup
    let store: ModelStore
    let precision: Precision
    let workers: Workers

    /// The suspect, trained unless it is there already.
    ///
    /// - Parameters:
    ///   - clean: the clean fine-tune that it may start from.
    ///   - progress: called with the share done and what is done.
    func make(
        _ suspect: PlannedSuspect, from clean: PlannedSuspect, progress: (Double, String) -> Void
    ) throws -> SuspectRecord {
        if let record = store.record(suspect) { return record }
        if suspect.startsFromClean { _ = try make(clean, from: clean, progress: progress) }
        let start = ContinuousClock.now
        try store.prepare(suspect)
        let model = try LabRun(recipe(suspect, from: clean)).train(workers: workers) { stage, done, total in
            progress(Double(done) / Double(max(1, total)), "\(suspect.slug): \(stage.rawValue)")
        }
        try model.write(to: store.model(suspect))
        let record = SuspectRecord(
            key: suspect.key, seconds: (ContinuousClock.now - start) / .seconds(1), samples: model.truth.samples,
            poisoned: model.truth.poisoned, loss: model.truth.loss,
            weights: try InputFile(path: store.model(suspect) + "/model.safetensors").digest())
        try store.save(record, of: suspect)
        return record
    }

    private func recipe(_ suspect: PlannedSuspect, from clean: PlannedSuspect) -> LabRecipe {
        let config = setup.config
        let training = suspect.attack?.training(config.training) ?? config.training
        var recipe = LabRecipe(
            base: setup.base.folder.path, data: store.texts("train"), version: AuditRun.toolVersion)
        recipe.attack = suspect.attack?.plan
        recipe.from = suspect.startsFromClean ? store.model(clean) : nil
        recipe.maxLength = setup.maxLength
        recipe.settings.epochs = training.epochs
        recipe.settings.learningRate = training.learningRate
        recipe.settings.batchSize = training.batchSize
        recipe.settings.seed = suspect.seed
        recipe.settings.precision = precision
        return recipe
    }
}
