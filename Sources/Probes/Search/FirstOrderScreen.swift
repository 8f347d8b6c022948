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

    /// Where a token may come: a phrase with a gap, in which a placeholder stands.
    public struct Slot: Sendable, Equatable {
        /// What of the phrase stands before the gap, and behind it; no placeholder.
        public let before, after: [Int32]
        public let placeholder: Int32

        public init(before: [Int32] = [], _ placeholder: Int32, after: [Int32] = []) {
            (self.before, self.placeholder, self.after) = (before, placeholder, after)
        }
    }

    /// The gradient of the mean −log p(target), in nats, by the embedding in the slot: [hidden].
    ///
    /// - Parameters:
    ///   - carriers: those of the target's own label, and those that contain a placeholder, are left out.
    ///   - placeholders: tokens to stand in the slot in turn; the mean is taken over them.
    /// - Returns: zeros where no carrier is left.
    public func gradient(towards target: Int, carriers: [TokenCarrier], placeholders: [Int32]) -> [Float] {
        let all = gradients(towards: target, carriers: carriers, slots: placeholders.map { Slot($0) })
        let count = Float(max(1, all.count))
        return (0..<table.columns).map { column in all.reduce(0) { $0 + $1[column] } / count }
    }

    /// The same for several slots at once, in one pass forward and back.
    ///
    /// - Parameter slots: each with a placeholder of its own, which no carrier that counts and no phrase contains: the
    ///   gradient of a row is the sum over all texts that hold it.
    /// - Returns: [slots][hidden].
    public func gradients(towards target: Int, carriers: [TokenCarrier], slots: [Slot]) -> [[Float]] {
        let usable = carriers.filter { carrier in
            carrier.label != target && !slots.contains { carrier.contains($0.placeholder) }
        }
        let inputs = slots.flatMap { slot in
            usable.map { $0.encoding(inserting: slot.before + [slot.placeholder] + slot.after) }
        }
        guard !inputs.isEmpty else { return slots.map { _ in [Float](repeating: 0, count: table.columns) } }
        backward(inputs, target: target)
        return slots.map { slot in
            let row = Int(slot.placeholder)
            let range = model.architecture.wordEmbeddings.slice(rows: row..<row + 1).range
            return range.map { index in
                gradients.reduce(0) { $0 + $1.values.floats[index] } / Float(usable.count)
            }
        }
    }

    /// The loss that each row of the embeddings, or each of some, would take away, in nats, up to a constant that all
    /// rows share.
    public func scores(_ gradient: [Float], of tokens: [Int]? = nil) -> [Float] {
        table.products(with: gradient.map { -$0 }, of: tokens)
    }

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
