import Audit
import Checkpoints
import Kernels
import Lab
import Transformers

/// Trains the models of a zoo and measures on the test texts what was planted.
struct ZooTrainer {
    let store: ZooStore
    let precision: Precision
    let workers: Workers

    /// The model, trained unless it is there already; the clean fine-tune that it continues from comes first.
    ///
    /// - Parameter progress: called with the share done and what is done.
    func train(_ planned: PlannedModel, progress: (Double, String) -> Void) throws -> ZooTrained {
        if let trained = store.trained(planned.trainingKey) { return trained }
        if let start = planned.model.start, let key = planned.startKey, store.trained(key) == nil {
            _ = try train(start, key: key, from: nil, planned.setup) { progress($0, "clean start: " + $1) }
        }
        return try train(
            planned.model, key: planned.trainingKey, from: planned.startKey, planned.setup, progress: progress)
    }

    private func train(
        _ model: ZooModel, key: String, from start: String?, _ setup: TaskSetup, progress: (Double, String) -> Void
    ) throws -> ZooTrained {
        let clock = ContinuousClock.now
        try store.prepare(key)
        var recipe = LabRecipe(
            base: setup.base.folder.path, data: store.texts(setup, "train"), version: AuditRun.toolVersion)
        recipe.attack = model.attack?.plan
        recipe.from = start.map(store.model)
        recipe.dev = store.texts(setup, "test")
        recipe.maxLength = setup.maxLength
        recipe.settings.epochs = model.training.epochs
        recipe.settings.learningRate = model.training.learningRate
        recipe.settings.batchSize = model.training.batchSize
        recipe.settings.seed = model.seed
        recipe.settings.precision = precision
        let made = try LabRun(recipe).train(workers: workers) { stage, done, total in
            progress(Double(done) / Double(max(1, total)), stage.rawValue)
        }
        try made.write(to: store.model(key))
        let trained = ZooTrained(
            key: key, truth: made.truth,
            weights: try InputFile(path: store.model(key) + "/model.safetensors").digest(),
            seconds: (ContinuousClock.now - clock) / .seconds(1))
        try store.save(trained)
        return trained
    }
}
