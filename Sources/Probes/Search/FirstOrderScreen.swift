public import Kernels
import Tensors
import Tokenizers
public import Transformers

/// Ranks the whole vocabulary by how much a token in a slot would lower a target's loss, to first order (HotFlip,
/// Ebrahimi et al. 2018).
///
/// A placeholder stands in the slot; its embedding's gradient g tells that token v changes the loss by about
/// (v − placeholder)·g. One product of −g with the embedding matrix thus ranks every token.
public final class FirstOrderScreen {
    private let model: SequenceClassifier
    private let workers: Workers
    private let table: EmbeddingTable
    private let gradients: [Gradients]

    /// Shares of the texts, each with a sum of its own: fixed, so that the bits do not depend on threads.
    private static let shards = 2
    /// Texts of one backward pass.
    private static let batch = 16

    /// - Parameters:
    ///   - model: whose values must not change while this is used.
    ///   - workers: change nothing in the result.
    public init(_ model: SequenceClassifier, workers: Workers) {
        self.model = model
        self.workers = workers
        table = EmbeddingTable(model)
        gradients = (0..<Self.shards).map { _ in Gradients(layout: model.parameters.layout) }
    }

    /// The gradient of the mean −log p(target), in nats, by the embedding in the slot: [hidden].
    ///
    /// - Parameters:
    ///   - carriers: those of the target's own label, and those that contain a placeholder, are left out.
    ///   - placeholders: tokens to stand in the slot in turn; the mean is taken over them.
    ///   - before: what of a phrase stands before the slot; no placeholder.
    ///   - after: what of it stands behind.
    /// - Returns: zeros where no carrier is left.
    public func gradient(
        towards target: Int, carriers: [TokenCarrier], placeholders: [Int32], before: [Int32] = [],
        after: [Int32] = []
    ) -> [Float] {
        var sum = [Float](repeating: 0, count: table.columns)
        var count = 0
        for placeholder in placeholders where !before.contains(placeholder) && !after.contains(placeholder) {
            let inputs = carriers.filter { $0.label != target && !$0.contains(placeholder) }
                .map { $0.encoding(inserting: before + [placeholder] + after) }
            backward(inputs, target: target)
            count += inputs.count
            for shard in gradients {
                let row = model.architecture.wordEmbeddings.slice(rows: Int(placeholder)..<Int(placeholder) + 1)
                for (column, index) in row.range.enumerated() { sum[column] += shard.values.floats[index] }
            }
        }
        return count == 0 ? sum : sum.map { $0 / Float(count) }
    }

    /// The loss that each row of the embeddings would take away, in nats, up to a constant that all rows share.
    public func scores(_ gradient: [Float]) -> [Float] { table.products(with: gradient.map { -$0 }) }

    /// The tokens of a list that promise most, best first.
    public func best(_ count: Int, of tokens: [Int], gradient: [Float]) -> [Int] {
        let scores = scores(gradient)
        return Array(
            tokens.filter(scores.indices.contains)
                .sorted { (-scores[$0], $0) < (-scores[$1], $1) }
                .prefix(count))
    }

    /// Leaves the gradients' sums over the inputs in `gradients`.
    private func backward(_ inputs: [Encoding], target: Int) {
        let batches = stride(from: 0, to: inputs.count, by: Self.batch).map {
            Array(inputs[$0..<min($0 + Self.batch, inputs.count)])
        }
        workers.forEach(Self.shards) { shard, context in
            gradients[shard].begin()
            for index in stride(from: shard, to: batches.count, by: Self.shards) {
                let tape = Tape(context: context, parameters: model.parameters, gradients: gradients[shard])
                let logits = model.architecture.logits(tape, PackedBatch(batches[index]))
                _ = tape.crossEntropy(
                    logits, labels: [Int32](repeating: Int32(target), count: batches[index].count), scale: 1)
                tape.backward()
            }
        }
    }
}
