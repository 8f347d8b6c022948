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
    /// Parts that each of a batch's shards is run in: less memory, other sums.
    public var accumulation = 1
    /// Epochs without a lower loss on the dev examples after which training stops; nil runs all epochs.
    public var patience: Int?

    public init() {}

    /// Steps that so many examples make.
    public func steps(_ examples: Int) -> Int { epochs * ((examples + batchSize - 1) / batchSize) }
}

/// Fine-tunes a classifier on labelled texts, in place.
public struct Trainer {
    let model: SequenceClassifier
    let settings: TrainingSettings
    let workers: Workers

    public init(_ model: SequenceClassifier, settings: TrainingSettings, workers: Workers) {
        self.model = model
        self.settings = settings
        self.workers = workers
    }

    /// The mean loss of a batch: given its examples, runs some of them, by index, on a tape.
    public typealias Loss = ([TrainingExample]) -> (Tape, [Int]) -> Double

    /// What a training minimises.
    public struct Objective {
        /// nil is the mean cross-entropy.
        public var loss: Loss?
        /// Changes each batch's gradient, as a penalty does.
        public var adjust: TrainingRun.Adjustment?

        public init(loss: Loss? = nil, adjust: TrainingRun.Adjustment? = nil) {
            self.loss = loss
            self.adjust = adjust
        }
    }

    /// A run without steps yet.
    public func run() -> TrainingRun {
        TrainingRun(
            model.parameters, table: model.architecture.wordEmbeddings, optimizer: settings.optimizer,
            clipNorm: settings.clipNorm, dropoutSeed: settings.dropout ? settings.seed : nil,
            precision: settings.precision, accumulation: settings.accumulation, workers: workers)
    }

    /// One step of a run on one batch; returns its mean loss.
    public func step(
        _ run: TrainingRun, _ batch: [TrainingExample], learningRate: Double, objective: Objective = Objective()
    ) -> Double {
        run.step(
            lengths: batch.map(\.encoding.ids.count), rows: Set(batch.flatMap(\.encoding.ids)),
            learningRate: learningRate, adjust: objective.adjust, loss: (objective.loss ?? loss)(batch))
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
