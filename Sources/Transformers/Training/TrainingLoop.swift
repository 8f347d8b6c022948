internal import Tensors

/// What a training did.
public struct TrainingOutcome: Sendable, Equatable, Codable {
    /// Mean loss of each step, in nats.
    public var losses: [Double] = []
    /// Loss on the dev examples after each epoch, where they judge, in nats.
    public var devLosses: [Double] = []

    public init(losses: [Double] = [], devLosses: [Double] = []) {
        self.losses = losses
        self.devLosses = devLosses
    }
}

/// The epochs of a training, with its learning rates, its early stop and its checkpoints, whatever is trained.
struct TrainingLoop {
    let settings: TrainingSettings
    let run: TrainingRun
    /// An epoch's batches, as indices of examples; every epoch has as many.
    let batches: (_ epoch: Int) -> [[Int]]
    /// One step on a batch; returns its mean loss.
    let step: (_ batch: [Int], _ learningRate: Double) -> Double
    /// Loss on examples that judge an epoch; nil without such.
    let devLoss: (() -> Double)?
    /// Identifies the training; asked for only where there is a checkpoint.
    let key: () -> String

    /// Runs all epochs, or stops early and keeps the parameters of the epoch with the lowest dev loss.
    func fit(checkpoint: TrainingCheckpoint?, progress: (Int, Int) throws -> Void) throws -> TrainingOutcome {
        var state = TrainingState()
        if let checkpoint {
            state.key = key()
            try checkpoint.load(&state, into: run, run.trained)
        }
        for epoch in 0..<settings.epochs {
            let batches = batches(epoch)
            let total = settings.epochs * batches.count
            for (index, batch) in batches.enumerated() {
                let number = epoch * batches.count + index + 1
                guard number > state.steps else { continue }
                let rate = settings.learningRate * settings.schedule.factor(number - 1, of: total)
                state.outcome.losses.append(step(batch, rate))
                try progress(number, total)
                // An epoch's end is saved with its judgement.
                if index + 1 < batches.count { try checkpoint?.save(state, of: run, run.trained) }
            }
            if let patience = settings.patience, let devLoss, state.outcome.devLosses.count == epoch {
                run.finish()
                state.judge(devLoss(), run.trained)
                if state.epochsSinceBest >= patience { break }
            }
            try checkpoint?.save(state, of: run, run.trained)
        }
        run.finish()
        state.restoreBest(into: run.trained)
        checkpoint?.remove()
        return state.outcome
    }
}

extension TrainingSettings {
    /// The order of the examples in an epoch, by the seed.
    func order(_ count: Int, epoch: Int) -> [Int] {
        CounterRandom(seed: seed, stream: "epoch/\(epoch)").permutation(count)
    }
}

extension Array {
    /// The elements in runs of `size`, the last one shorter.
    func cut(into size: Int) -> [[Element]] {
        stride(from: 0, to: count, by: size).map { Array(self[$0..<Swift.min($0 + size, count)]) }
    }
}
