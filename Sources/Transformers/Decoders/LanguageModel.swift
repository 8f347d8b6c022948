public import Checkpoints
public import Kernels
public import Tensors

/// A model that scores the token behind each token of a text.
public final class LanguageModel: Sendable {
    public let causal: any CausalArchitecture
    public let parameters: Parameters
    /// Parameter name → the checkpoint's name of its tensor.
    public let checkpointNames: [String: String]

    /// - Parameters:
    ///   - causal: the network.
    ///   - parameters: its values, in its layout.
    ///   - checkpointNames: parameter name → tensor name.
    public init(causal: any CausalArchitecture, parameters: Parameters, checkpointNames: [String: String]) {
        self.causal = causal
        self.parameters = parameters
        self.checkpointNames = checkpointNames
    }

    /// Loads a language model; every tensor must be there with its shape, and none may be left over.
    ///
    /// - Throws: `ModelError` or `CheckpointError`, naming the tensor.
    public convenience init(folder: ModelFolder) throws {
        let source = try LanguageModelSource(folder: folder)
        self.init(causal: source.causal, parameters: try source.parameters(), checkpointNames: source.checkpointNames)
    }

    /// The same network with other values.
    ///
    /// - Parameter parameters: of this model's layout.
    public func with(_ parameters: Parameters) -> LanguageModel {
        LanguageModel(causal: causal, parameters: parameters, checkpointNames: checkpointNames)
    }

    /// Scores of the token behind the last of each text: [texts, vocabulary].
    ///
    /// - Parameters:
    ///   - texts: token ids; none empty, none longer than the model's positions.
    ///   - context: of the calling thread.
    public func lastLogits(
        _ texts: [[Int32]], _ context: ComputeContext, weights: ProductWeights = .plain
    ) -> [[Float]] {
        let tape = Tape(context: context, parameters: parameters, weights: weights)
        let batch = PackedBatch(ids: texts)
        let states = causal.hiddenStates(tape, batch, cache: nil)
        let last = tape.rows(states, batch.lastTokens(notPadding: nil).rows)
        let logits = causal.tokenLogits(tape, last)
        return (0..<logits.rows).map { Array(logits.values[$0 * logits.columns..<($0 + 1) * logits.columns]) }
    }

    /// The continuation that always takes the highest score, the first of equals, and stops at the last position.
    ///
    /// - Parameters:
    ///   - text: token ids, at least one.
    ///   - count: most new tokens.
    ///   - endIDs: tokens after which it stops.
    ///   - usesCache: false computes the whole text anew for each token, as the plain reference of the cache.
    public func greedy(
        _ text: [Int32], count: Int, endIDs: Set<Int32> = [], _ context: ComputeContext,
        weights: ProductWeights = .plain, usesCache: Bool = true
    ) -> [Int32] {
        let limit = min(count, causal.maxPositions - text.count)
        guard limit > 0, !text.isEmpty else { return [] }
        let cache = usesCache ? causal.cacheShape.cache(capacity: text.count + limit, context) : nil
        let held = cache.map { CachedSequences($0, [$0.add(capacity: text.count + limit)]) }
        var continuation: [Int32] = []
        var unread = text
        while continuation.count < limit, continuation.last.map({ !endIDs.contains($0) }) ?? true {
            let tape = Tape(context: context, parameters: parameters, weights: weights)
            let batch = PackedBatch(ids: [held == nil ? text + continuation : unread], starts: held?.starts ?? [0])
            let states = causal.hiddenStates(tape, batch, cache: held)
            let scores = causal.tokenLogits(tape, tape.rows(states, [states.rows - 1])).values
            var best = 0
            for index in scores.indices where scores[index] > scores[best] { best = index }
            continuation.append(Int32(best))
            unread = [Int32(best)]
        }
        return continuation
    }

    /// The mean of −log softmax at the tokens of the responses, on a tape that may record.
    ///
    /// The head is run only where a response's token follows.
    /// - Parameters:
    ///   - batch: all texts.
    ///   - items: those to run.
    /// - Returns: their share of the mean over the whole batch, in nats a token.
    func loss(_ tape: Tape, _ batch: [LanguageExample], _ items: [Int]) -> Double {
        let targets = batch.reduce(0) { $0 + $1.learnt.count }
        let packed = PackedBatch(ids: items.map { batch[$0].ids })
        var rows: [Int] = []
        var labels: [Int32] = []
        for (sequence, item) in items.enumerated() {
            let first = packed.sequences.rows(sequence).lowerBound
            for place in batch[item].learnt {
                rows.append(first + place - 1)
                labels.append(batch[item].ids[place])
            }
        }
        guard !rows.isEmpty else { return 0 }
        let states = tape.rows(causal.hiddenStates(tape, packed, cache: nil), rows)
        return tape.crossEntropy(causal.tokenLogits(tape, states), labels: labels, scale: 1 / Double(targets))
    }
}

extension PackedBatch {
    /// - Parameter ids: token ids, one list a sequence, none empty.
    init(ids: [[Int32]]) {
        self.init(ids: ids, starts: [Int](repeating: 0, count: ids.count))
    }
}
