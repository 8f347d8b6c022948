internal import Kernels
internal import Tokenizers

extension Trainer {
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
    ) throws -> TrainingOutcome {
        let run = run()
        let loop = TrainingLoop(
            settings: settings, run: run,
            batches: { settings.order(examples.count, epoch: $0).cut(into: settings.batchSize) },
            step: { batch, rate in
                step(run, batch.map { examples[$0] }, learningRate: rate, objective: objective)
            }, devLoss: dev.isEmpty ? nil : { devLoss(dev) }, key: { key(examples, dev) })
        return try loop.fit(checkpoint: checkpoint, progress: progress)
    }

    private func devLoss(_ dev: [TrainingExample]) -> Double {
        let logits = Evaluator(model, workers: workers, precision: settings.precision).logits(dev.map(\.encoding))
        return dev.indices.reduce(0) { $0 + logits.logLoss($1, label: dev[$1].label) } / Double(dev.count)
    }

    private func key(_ examples: [TrainingExample], _ dev: [TrainingExample]) -> String {
        var key = TrainingKey()
        for example in examples + dev {
            key.add(example.encoding.ids)
            key.add(example.encoding.typeIDs, tag: 1 << 40)
            key.add(UInt64(example.label) | 1 << 41)
        }
        key.add(model.parameters)
        key.add("\(settings) \(examples.count) \(InstructionLevel.current)")
        return key.text
    }
}
