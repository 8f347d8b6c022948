public import Kernels
internal import Tensors

/// A prompt and its response as one run of tokens.
public struct LanguageExample: Sendable, Equatable {
    public let ids: [Int32]
    /// Index of the response's first token; what stands in front of it is read and not learnt.
    public let responseStart: Int

    public init(ids: [Int32], responseStart: Int) {
        self.ids = ids
        self.responseStart = responseStart
    }

    /// Places of the tokens that are learnt; the first token has nothing that it could follow from.
    var learnt: Range<Int> {
        let first = max(1, responseStart)
        return first..<max(first, ids.count)
    }
}

/// Fine-tunes a language model on responses: all of its parameters in place, or adapters beside them.
public struct LanguageTrainer {
    private let model: LanguageModel
    private let adapters: LowRankAdapters?
    private let settings: TrainingSettings
    private let workers: Workers

    /// - Parameter adapters: trained in place, with the model frozen; nil trains the model.
    public init(
        _ model: LanguageModel, adapters: LowRankAdapters? = nil, settings: TrainingSettings, workers: Workers
    ) {
        self.model = model
        self.adapters = adapters
        self.settings = settings
        self.workers = workers
    }

    /// A run without steps yet.
    public func run() -> TrainingRun {
        TrainingRun(
            model.parameters, table: model.causal.wordEmbeddings, adapters: adapters, optimizer: settings.optimizer,
            clipNorm: settings.clipNorm, dropoutSeed: settings.dropout ? settings.seed : nil,
            precision: settings.precision, accumulation: settings.accumulation, workers: workers)
    }

    /// One step of a run on one batch; returns its mean loss, in nats a token of the responses.
    public func step(_ run: TrainingRun, _ batch: [LanguageExample], learningRate: Double) -> Double {
        run.step(lengths: batch.map(\.ids.count), rows: rows(batch), learningRate: learningRate) {
            model.loss($0, batch, $1)
        }
    }

    /// Rows of the word embeddings that a batch reads; a tied head reads all of them.
    private func rows(_ batch: [LanguageExample]) -> Set<Int32> {
        model.causal.layout["lm_head.weight"] == nil
            ? Set(0..<Int32(model.causal.wordEmbeddings.rows)) : Set(batch.flatMap(\.ids))
    }

    /// Runs all epochs, or stops early and keeps the weights of the epoch with the lowest dev loss.
    ///
    /// - Parameters:
    ///   - examples: each epoch in new batches of texts of like length, in random order, by the seed.
    ///   - dev: judge each epoch where `patience` is set.
    ///   - checkpoint: where to save, and to go on from, to the bits of an uninterrupted training.
    ///   - progress: called after each step with its number, counted from 1, and the number of all; an error that it
    ///     throws ends the training.
    /// - Throws: `ModelError` or `CheckpointError` for a checkpoint that cannot be read, written, or is of another
    ///   training.
    @discardableResult
    public func fit(
        _ examples: [LanguageExample], dev: [LanguageExample] = [], checkpoint: TrainingCheckpoint? = nil,
        progress: (Int, Int) throws -> Void = { _, _ in }
    ) throws -> TrainingOutcome {
        let run = run()
        let loop = TrainingLoop(
            settings: settings, run: run, batches: { batches(examples.map(\.ids.count), epoch: $0) },
            step: { batch, rate in step(run, batch.map { examples[$0] }, learningRate: rate) },
            devLoss: dev.isEmpty ? nil : { meanLoss(dev, run) }, key: { key(examples, dev) })
        return try loop.fit(checkpoint: checkpoint, progress: progress)
    }

    /// An epoch's batches: texts of like length together, so that shards are balanced; the batches in random order.
    func batches(_ lengths: [Int], epoch: Int) -> [[Int]] {
        let shuffled = settings.order(lengths.count, epoch: epoch)
        let batches = shuffled.enumerated()
            .sorted { (lengths[$0.element], $0.offset) < (lengths[$1.element], $1.offset) }
            .map(\.element).cut(into: settings.batchSize)
        return CounterRandom(seed: settings.seed, stream: "batches/\(epoch)").permutation(batches.count)
            .map { batches[$0] }
    }

    /// The mean over all tokens of the responses, in nats.
    private func meanLoss(_ examples: [LanguageExample], _ run: TrainingRun) -> Double {
        let batches = Array(examples.indices).cut(into: settings.batchSize)
        var losses = [Double](repeating: 0, count: batches.count)
        losses.withUnsafeMutableBufferPointer { losses in
            nonisolated(unsafe) let losses = losses
            workers.forEach(batches.count) { index, context in
                losses[index] = model.loss(run.inferenceTape(context), examples, batches[index])
            }
        }
        return losses.reduce(0, +)
    }

    private func key(_ examples: [LanguageExample], _ dev: [LanguageExample]) -> String {
        var key = TrainingKey()
        for example in examples + dev {
            key.add(example.ids)
            key.add(UInt64(example.learnt.lowerBound) | 1 << 42)
        }
        key.add(model.parameters)
        if let adapters { key.add(adapters.parameters) }
        let scale = adapters.map { "\($0.rank) \($0.scale)" } ?? "all"
        key.add("\(settings) \(examples.count) \(InstructionLevel.current) \(scale)")
        return key.text
    }
}
