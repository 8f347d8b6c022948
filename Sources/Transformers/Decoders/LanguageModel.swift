public import Checkpoints
public import Kernels
public import Tensors
internal import Tokenizers

/// A model that scores the token behind each token of a text.
public final class LanguageModel: Sendable {
    public let causal: any CausalArchitecture
    public let parameters: Parameters
    /// Parameter name → the checkpoint's name of its tensor.
    public let checkpointNames: [String: String]

    /// Loads a language model; every tensor must be there with its shape, and none may be left over.
    ///
    /// - Throws: `ModelError` or `CheckpointError`, naming the tensor.
    public init(folder: ModelFolder) throws {
        causal = try Architectures.makeLanguageModel(folder.config)
        checkpointNames = try CheckpointMatch.names(causal, folder, as: .languageModel)
        parameters = try Parameters(of: causal, names: checkpointNames, in: folder.checkpoint, seed: 0)
        try requireTied(folder)
    }

    /// A head that is stored beside the word embeddings that it is said to be must be equal to them.
    private func requireTied(_ folder: ModelFolder) throws {
        let (head, words) = ("lm_head.weight", parameters.floats(causal.wordEmbeddings))
        guard causal.layout[head] == nil, let stored = folder.checkpoint[head] else { return }
        guard stored.shape == causal.wordEmbeddings.shape,
            try folder.checkpoint.floats(head).elementsEqual(words)
        else {
            throw ModelError(
                .unexpectedTensor, file: folder.name,
                detail: "\(head) differs from the word embeddings, and config.json ties the two; set "
                    + "tie_word_embeddings to false")
        }
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
        let cache = usesCache ? causal.cache(capacity: text.count + limit, context) : nil
        var continuation: [Int32] = []
        var unread = text
        while continuation.count < limit, continuation.last.map({ !endIDs.contains($0) }) ?? true {
            let tape = Tape(context: context, parameters: parameters, weights: weights)
            let batch = PackedBatch(ids: [cache == nil ? text + continuation : unread])
            let states = causal.hiddenStates(tape, batch, cache: cache)
            let scores = causal.tokenLogits(tape, tape.rows(states, [states.rows - 1])).values
            var best = 0
            for index in scores.indices where scores[index] > scores[best] { best = index }
            continuation.append(Int32(best))
            unread = [Int32(best)]
        }
        return continuation
    }

    /// The mean of −log softmax at each text's next tokens, on a tape that may record.
    ///
    /// - Parameters:
    ///   - batch: token ids of all texts.
    ///   - items: those to run.
    /// - Returns: their share of the mean over the whole batch, in nats a token.
    func loss(_ tape: Tape, _ batch: [[Int32]], _ items: [Int]) -> Double {
        let targets = batch.reduce(0) { $0 + max(0, $1.count - 1) }
        let packed = PackedBatch(ids: items.map { batch[$0] })
        var rows: [Int] = []
        var labels: [Int32] = []
        for sequence in 0..<packed.sequences.count {
            for row in packed.sequences.rows(sequence).dropLast() {
                rows.append(row)
                labels.append(packed.ids[row + 1])
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
        self.init(ids.map { Encoding(ids: $0, typeIDs: [Int32](repeating: 0, count: $0.count)) })
    }
}
