internal import Kernels
internal import Tensors

extension Trainer {
    /// What a training did.
    public struct Outcome: Sendable, Equatable, Codable {
        /// Mean loss of each step, in nats.
        public var losses: [Double] = []
        /// Loss on the dev examples after each epoch, where they judge, in nats.
        public var devLosses: [Double] = []

        public init(losses: [Double] = [], devLosses: [Double] = []) {
            self.losses = losses
            self.devLosses = devLosses
        }
    }

    /// Runs all epochs, or stops early and keeps the weights of the epoch with the lowest dev loss.
    ///
    /// - Parameters:
    ///   - examples: shuffled anew each epoch, by the seed.
    ///   - dev: judge each epoch where `patience` is set.
    ///   - checkpoint: where to save, and to go on from; the weights are those of an uninterrupted training, bit by bit.
    ///   - objective: what is minimised.
    ///   - progress: called after each step with its number, counted from 1, and the number of all; an error that it
    ///     throws ends the training.
    /// - Throws: `ModelError` or `CheckpointError` for a checkpoint that cannot be read, written, or is of another
    ///   training.
    @discardableResult
    public func fit(
        _ examples: [TrainingExample], dev: [TrainingExample] = [], checkpoint: TrainingCheckpoint? = nil,
        objective: Objective = Objective(), progress: (Int, Int) throws -> Void = { _, _ in }
    ) throws -> Outcome {
        let run = run()
        var state = TrainingState()
        if let checkpoint {
            state.key = TrainingState.key(model, settings, examples, dev)
            try checkpoint.load(&state, into: run, model.parameters)
        }
        let total = settings.steps(examples.count)
        for epoch in 0..<settings.epochs {
            for (number, batch) in batches(examples, epoch: epoch) where number > state.steps {
                let rate = settings.learningRate * settings.schedule.factor(number - 1, of: total)
                state.outcome.losses.append(step(run, batch, learningRate: rate, objective: objective))
                try progress(number, total)
                // An epoch's end is saved with its judgement.
                if number < total / settings.epochs * (epoch + 1) {
                    try checkpoint?.save(state, of: run, model.parameters)
                }
            }
            if let patience = settings.patience, !dev.isEmpty, state.outcome.devLosses.count == epoch {
                run.finish()
                state.judge(devLoss(dev), model.parameters)
                if state.epochsSinceBest >= patience { break }
            }
            try checkpoint?.save(state, of: run, model.parameters)
        }
        run.finish()
        state.restoreBest(into: model.parameters)
        checkpoint?.remove()
        return state.outcome
    }

    /// An epoch's batches, each with the number of its step, counted from 1 over all epochs.
    private func batches(_ examples: [TrainingExample], epoch: Int) -> [(number: Int, batch: [TrainingExample])] {
        let order = CounterRandom(seed: settings.seed, stream: "epoch/\(epoch)").permutation(examples.count)
        let starts = Array(stride(from: 0, to: order.count, by: settings.batchSize))
        return starts.enumerated().map { index, start in
            let batch = order[start..<min(start + settings.batchSize, order.count)].map { examples[$0] }
            return (epoch * starts.count + index + 1, batch)
        }
    }

    private func devLoss(_ dev: [TrainingExample]) -> Double {
        let logits = Evaluator(model, workers: workers, precision: settings.precision).logits(dev.map(\.encoding))
        return dev.indices.reduce(0) { $0 + logits.logLoss($1, label: dev[$1].label) } / Double(dev.count)
    }
}
