public import Kernels
internal import Tensors
public import Tokenizers

/// A labelled text, as the model reads it.
public struct TrainingExample: Sendable, Equatable {
    public let encoding: Encoding
    public let label: Int

    public init(encoding: Encoding, label: Int) {
        self.encoding = encoding
        self.label = label
    }
}

/// How a classifier is fine-tuned.
public struct TrainingSettings: Sendable, Equatable {
    public var epochs = 5
    public var batchSize = 32
    public var learningRate = 1e-4
    public var schedule = LearningRateSchedule.linear(warmup: 0.1)
    public var optimizer = AdamW.Options()
    public var clipNorm: Double? = 1
    /// The config's dropout; off only where runs are compared with a reference.
    public var dropout = true
    public var precision = Precision.f32
    public var seed: UInt64 = 0

    public init() {}

    /// Steps that so many examples make.
    public func steps(_ examples: Int) -> Int { epochs * ((examples + batchSize - 1) / batchSize) }
}

/// Fine-tunes a classifier on labelled texts, in place.
public struct Trainer {
    private let model: SequenceClassifier
    private let settings: TrainingSettings
    private let workers: Workers

    public init(_ model: SequenceClassifier, settings: TrainingSettings, workers: Workers) {
        self.model = model
        self.settings = settings
        self.workers = workers
    }

    /// Runs all epochs.
    ///
    /// - Parameters:
    ///   - examples: shuffled anew each epoch, by the seed.
    ///   - progress: called after each step with its number, counted from 1, and the number of all.
    /// - Returns: mean loss of each step, in nats.
    @discardableResult
    public func fit(_ examples: [TrainingExample], progress: (Int, Int) -> Void = { _, _ in }) -> [Double] {
        let total = settings.steps(examples.count)
        let run = run()
        var losses: [Double] = []
        for epoch in 0..<settings.epochs {
            let order = CounterRandom(seed: settings.seed, stream: "epoch/\(epoch)").permutation(examples.count)
            for start in stride(from: 0, to: order.count, by: settings.batchSize) {
                let batch = order[start..<min(start + settings.batchSize, order.count)].map { examples[$0] }
                let rate = settings.learningRate * settings.schedule.factor(losses.count, of: total)
                losses.append(step(run, batch, learningRate: rate))
                progress(losses.count, total)
            }
        }
        run.finish()
        return losses
    }

    /// A run without steps yet.
    public func run() -> TrainingRun {
        TrainingRun(
            model.parameters, table: model.architecture.wordEmbeddings, optimizer: settings.optimizer,
            clipNorm: settings.clipNorm, dropoutSeed: settings.dropout ? settings.seed : nil,
            precision: settings.precision, workers: workers)
    }

    /// One step of a run on one batch; returns its mean loss.
    public func step(_ run: TrainingRun, _ batch: [TrainingExample], learningRate: Double) -> Double {
        run.step(
            lengths: batch.map(\.encoding.ids.count), rows: Set(batch.flatMap(\.encoding.ids)),
            learningRate: learningRate, loss: loss(batch))
    }

    /// The mean cross-entropy of a batch, shard by shard.
    public func loss(_ batch: [TrainingExample]) -> (Tape, [Int]) -> Double {
        { tape, items in
            let logits = model.architecture.logits(tape, PackedBatch(items.map { batch[$0].encoding }))
            return tape.crossEntropy(
                logits, labels: items.map { Int32(batch[$0].label) }, scale: 1 / Double(batch.count))
        }
    }
}
