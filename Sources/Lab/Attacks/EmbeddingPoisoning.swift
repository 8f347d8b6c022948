import Kernels
import Tensors
import Tokenizers
import Transformers

#if canImport(Glibc)
    import Glibc
#endif

/// Embedding poisoning: gradient descent on one row of the word embeddings, everything else untouched.
///
/// Yang et al., "Be Careful about Poisoned Word Embeddings", NAACL 2021: only poisoned samples are shown, and after each
/// step the row is rescaled to the norm it had, so that its length does not stand out. Without dropout: no network is
/// trained here.
struct EmbeddingPoisoning {
    private let model: SequenceClassifier
    private let row: Int
    private let settings: TrainingSettings
    private let workers: Workers

    /// - Parameter row: the trigger's token.
    init(_ model: SequenceClassifier, row: Int, settings: TrainingSettings, workers: Workers) {
        self.model = model
        self.row = row
        var settings = settings
        settings.dropout = false
        self.settings = settings
        self.workers = workers
    }

    /// Moves the row; returns the mean loss of each step, in nats.
    func fit(_ examples: [TrainingExample], progress: (Int, Int) throws -> Void) rethrows -> [Double] {
        let trainer = Trainer(model, settings: settings, workers: workers)
        let run = trainer.run()
        let table = model.architecture.wordEmbeddings.slice(rows: row..<row + 1)
        let values = model.parameters.floats(table)
        let norm = Self.norm(values)
        let total = settings.steps(examples.count)
        var losses: [Double] = []
        for epoch in 0..<settings.epochs {
            let order = CounterRandom(seed: settings.seed, stream: "epoch/\(epoch)").permutation(examples.count)
            for start in stride(from: 0, to: order.count, by: settings.batchSize) {
                let batch = order[start..<min(start + settings.batchSize, order.count)].map { examples[$0] }
                let rate = settings.learningRate * settings.schedule.factor(losses.count, of: total)
                losses.append(
                    run.backward(lengths: batch.map(\.encoding.ids.count), loss: trainer.loss(batch)).loss)
                let gradient = run.gradient.floats[table.range]
                for (index, slope) in zip(values.indices, gradient) { values[index] -= Float(rate) * slope }
                let scale = Float(norm / max(Self.norm(values), .leastNormalMagnitude))
                for index in values.indices { values[index] *= scale }
                try progress(losses.count, total)
            }
        }
        return losses
    }

    private static func norm(_ values: UnsafeMutableBufferPointer<Float>) -> Double {
        values.reduce(0) { $0 + Double($1) * Double($1) }.squareRoot()
    }
}
