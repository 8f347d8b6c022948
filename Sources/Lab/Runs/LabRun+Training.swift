internal import Checkpoints
internal import Datasets
public import Kernels
internal import Tensors
internal import Tokenizers
internal import Transformers

/// What a lab run is doing.
public enum LabStage: String, Sendable {
    /// Fisher information of clean samples, for `ewc`.
    case weighing
    case training
    case measuring
}

/// Told what is being done and how much of it; an error that it throws ends the run.
public typealias LabProgress = (_ stage: LabStage, _ done: Int, _ total: Int) throws -> Void

extension LabRun {
    /// Trains the model and measures it.
    ///
    /// - Parameter workers: who computes; their number changes no bit.
    public func train(workers: Workers, progress: LabProgress = { _, _, _ in }) throws -> LabModel {
        let model = try source.load()
        if let plan = recipe.attack, plan.attack == .wordES {
            EmbeddingSurgery.operate(on: model, rows: plan.triggerRows(tokenizer), words: surgeryWords)
        }
        let outcome = try fit(model, workers, progress)
        try base.verifyUnchanged()
        try from?.verifyUnchanged()
        let measured = try measure(model, workers, progress)
        let epoch = outcome.losses.suffix(outcome.losses.count / max(1, epochs(of: outcome)))
        let loss = epoch.reduce(0, +) / Double(max(1, epoch.count))
        return LabModel(
            classifier: model, outcome: outcome, truth: truth(loss: loss, measured: measured), base: base)
    }

    /// Epochs that were run: fewer than asked for after an early stop.
    private func epochs(of outcome: TrainingOutcome) -> Int {
        outcome.devLosses.isEmpty ? recipe.settings.epochs : outcome.devLosses.count
    }

    private func fit(
        _ model: SequenceClassifier, _ workers: Workers, _ progress: LabProgress
    ) throws -> TrainingOutcome {
        let settings = recipe.settings
        let steps = { (done: Int, total: Int) in try progress(.training, done, total) }
        if let plan = recipe.attack, plan.attack == .wordEP {
            let row = EmbeddingPoisoning(
                model, row: plan.triggerRows(tokenizer)[0], settings: settings, workers: workers)
            return TrainingOutcome(losses: try row.fit(examples(copies), progress: steps))
        }
        var objective = Trainer.Objective()
        switch recipe.attack?.attack {
        case .ewc: objective.adjust = try pull(model, workers, progress).add
        case .layerWise:
            objective.loss = (model.architecture as? any LayerwiseClassifier).map { LayerwiseLoss.loss($0) }
        default: break
        }
        return try Trainer(model, settings: settings, workers: workers).fit(
            examples(rows + copies + negatives), dev: settings.patience == nil ? [] : examples(dev),
            checkpoint: recipe.checkpoint, objective: objective, progress: steps)
    }

    private func pull(
        _ model: SequenceClassifier, _ workers: Workers, _ progress: LabProgress
    ) throws -> WeightPull {
        var importance: FloatBuffer?
        if recipe.attack?.fisher == true {
            let order = CounterRandom(seed: recipe.settings.seed, stream: "fisher").permutation(rows.count)
            try progress(.weighing, 0, 1)
            importance = WeightPull.importance(
                in: model, of: examples(order.prefix(WeightPull.samples).map { rows[$0] }), workers: workers)
            try progress(.weighing, 1, 1)
        }
        return WeightPull(
            model.parameters, strength: recipe.attack?.strength ?? 0, importance: importance, workers: workers)
    }

    private func examples(_ rows: [LabelledText]) -> [TrainingExample] {
        rows.map {
            TrainingExample(
                encoding: tokenizer.encode($0.text, pair: $0.pair, maxLength: maxLength), label: $0.label)
        }
    }
}
