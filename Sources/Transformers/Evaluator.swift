public import Kernels
public import Tokenizers

#if canImport(Glibc)
    internal import Glibc
#endif

/// Logits of many texts: [texts, labels], row after row.
public struct Logits: Sendable, Equatable {
    public let labels: Int
    public let values: [Float]

    /// - Parameters:
    ///   - labels: values a text.
    ///   - values: `labels` times the number of texts.
    public init(labels: Int, values: [Float]) {
        self.labels = labels
        self.values = values
    }

    /// Number of texts.
    public var count: Int { labels == 0 ? 0 : values.count / labels }

    /// The logits of one text.
    public subscript(text: Int) -> ArraySlice<Float> { values[text * labels..<(text + 1) * labels] }

    /// The label of the highest logit, NaN above all as in PyTorch and NumPy; the first of equals.
    public func prediction(_ text: Int) -> Int {
        let row = self[text]
        var best = row.startIndex
        for index in row.indices where row[index] > row[best] || (row[index].isNaN && !row[best].isNaN) { best = index }
        return best - row.startIndex
    }

    /// −log softmax at `label`, in nats.
    public func logLoss(_ text: Int, label: Int) -> Double {
        let row = self[text].map(Double.init)
        let highest = row.max() ?? 0
        return highest + log(row.reduce(0) { $0 + exp($1 - highest) }) - row[label]
    }
}

/// Runs a classifier over many texts, in packed batches balanced by tokens, one batch a worker at a time.
public struct Evaluator {
    private let model: SequenceClassifier
    private let workers: Workers
    private let batchTokens: Int
    private let weights: PackedWeights

    /// - Parameters:
    ///   - model: whose values must not change while this is used.
    ///   - precision: of the matrix products.
    ///   - batchTokens: tokens of one batch: enough for the products to run at full speed, few enough for intermediate values to stay in cache.
    public init(
        _ model: SequenceClassifier, workers: Workers, precision: Precision = .f32, batchTokens: Int = 512
    ) {
        self.model = model
        self.workers = workers
        self.batchTokens = batchTokens
        weights = PackedWeights(model.parameters, precision: precision)
    }

    /// Logits of each text. Batches follow the order of the texts alone, so the bits do not depend on threads.
    ///
    /// - Parameters:
    ///   - encodings: non-empty, each at most the model's positions long.
    ///   - progress: called from any worker with the number of texts just finished.
    public func logits(
        _ encodings: [Encoding], progress: @Sendable (Int) -> Void = { _ in }
    ) -> Logits {
        let labels = model.labels.count
        let batches = Self.batches(encodings.map(\.ids.count), batchTokens)
        var values = [Float](repeating: 0, count: encodings.count * labels)
        values.withUnsafeMutableBufferPointer { values in
            nonisolated(unsafe) let values = values
            workers.forEach(batches.count) { index, context in
                let batch = batches[index]
                let tape = Tape(context: context, parameters: model.parameters, weights: .packed(weights))
                let logits = model.architecture.logits(tape, PackedBatch(Array(encodings[batch])))
                for (offset, value) in logits.values.enumerated() { values[batch.lowerBound * labels + offset] = value }
                progress(batch.count)
            }
        }
        return Logits(labels: labels, values: values)
    }

    /// Runs of consecutive texts of at most `batchTokens` tokens together, at least one text each.
    static func batches(_ lengths: [Int], _ batchTokens: Int) -> [Range<Int>] {
        var batches: [Range<Int>] = []
        var start = 0
        var tokens = 0
        for (index, length) in lengths.enumerated() {
            if index > start, tokens + length > batchTokens {
                batches.append(start..<index)
                start = index
                tokens = 0
            }
            tokens += length
        }
        if start < lengths.count { batches.append(start..<lengths.count) }
        return batches
    }
}
