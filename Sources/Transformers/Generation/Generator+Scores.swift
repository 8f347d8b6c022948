internal import Kernels

extension Generator {
    /// New tokens of one pass: enough for the products to run at full speed.
    private static let passTokens = 1_024
    /// The pass has so many times the tokens of its longest text, so that a beginning which all share costs little.
    private static let longestTexts = 8
    /// Rows of the vocabulary's scores that are held at once.
    private static let headRows = 64

    /// The log-probability of each token of a continuation after its prompt, in nats, by pair.
    ///
    /// - Parameters:
    ///   - pairs: prompts of at least one token; with its continuation none has more than ``maxPositions`` tokens.
    ///   - progress: called from any worker with the number of pairs just finished.
    public func logProbabilities(
        _ pairs: [(prompt: [Int32], continuation: [Int32])], progress: @Sendable (Int) -> Void = { _ in }
    ) -> [[Double]] {
        check(pairs.map(\.continuation))
        // The last token's successor is not asked for.
        let texts = pairs.map { Array(($0.prompt + $0.continuation).dropLast()) }
        var results = pairs.map { [Double](repeating: 0, count: $0.continuation.count) }
        let asked = pairs.indices.filter { !pairs[$0].continuation.isEmpty }
        if asked.count < pairs.count { progress(pairs.count - asked.count) }
        results.withUnsafeMutableBufferPointer { results in
            nonisolated(unsafe) let results = results
            read(texts, asked, last: { pairs[$0].continuation.count }, progress) { pair, step, scores in
                results[pair][step] = LogSoftmax(scores)[Int(pairs[pair].continuation[step])]
            }
        }
        return results
    }

    /// The log-probabilities of the token behind each prompt, in nats: [prompts][vocabulary].
    ///
    /// - Parameter prompts: none empty, none longer than ``maxPositions``.
    public func nextLogProbabilities(_ prompts: [[Int32]]) -> [[Float]] {
        var results = [[Float]](repeating: [], count: prompts.count)
        results.withUnsafeMutableBufferPointer { results in
            nonisolated(unsafe) let results = results
            forEachNextLogProbabilities(prompts) { prompt, row in results[prompt] = Array(row) }
        }
        return results
    }

    /// Calls `body` with each prompt's index and the log-probabilities of the token behind it, for more prompts than
    /// whose rows fit into memory.
    ///
    /// - Parameters:
    ///   - prompts: none empty, none longer than ``maxPositions``.
    ///   - progress: called from any worker with the number of prompts just finished.
    ///   - body: called from any worker, in any order, once a prompt; the row is valid during the call.
    public func forEachNextLogProbabilities(
        _ prompts: [[Int32]], progress: @Sendable (Int) -> Void = { _ in },
        _ body: (_ prompt: Int, _ row: UnsafeBufferPointer<Float>) -> Void
    ) {
        read(prompts, Array(prompts.indices), last: { _ in 1 }, progress) { prompt, _, scores in
            let logSoftmax = LogSoftmax(UnsafeBufferPointer(scores))
            for index in scores.indices { scores[index] = Float(logSoftmax[index]) }
            body(prompt, UnsafeBufferPointer(scores))
        }
    }

    /// Calls `body` with the scores behind each of the last tokens of texts.
    ///
    /// - Parameters:
    ///   - included: indices of the texts that are read.
    ///   - last: how many last tokens of a text, by its index.
    ///   - body: is given a text's index, the number of the token among its last ones, and the scores, which it may
    ///     change.
    private func read(
        _ texts: [[Int32]], _ included: [Int], last: (Int) -> Int, _ progress: @Sendable (Int) -> Void,
        _ body: (_ text: Int, _ step: Int, _ scores: UnsafeMutableBufferPointer<Float>) -> Void
    ) {
        check(texts)
        precondition(
            included.allSatisfy { last($0) <= texts[$0].count && texts[$0].count <= maxPositions },
            "a text without a first token, or longer than the model's positions")
        let order = PromptOrder(texts, included, unshared: last)
        let longest = included.map { texts[$0].count }.max() ?? 0
        let batches = order.batches(PromptOrder.Limits(tokens: max(Self.passTokens, Self.longestTexts * longest)))
        workers.forEach(batches.count) { index, context in
            let places = batches[index]
            let first = places.lowerBound
            let counts = places.map { order.newCount($0, from: first) }
            let cache = model.causal.cacheShape.cache(capacity: counts.reduce(0, +), extent: .singlePass, context)
            for place in places {
                let shared = order.sharedCount(place, from: first)
                _ = cache.add(
                    capacity: counts[place - first],
                    sharing: shared == 0 ? nil : (sequence: place - first - 1, count: shared))
            }
            let tape = tape(context)
            let ids = zip(places, counts).map { Array(texts[order.indices[$0]].suffix($1)) }
            let states = hiddenStates(tape, ids, CachedSequences(cache, Array(0..<places.count)))
            var asked: [(row: Int, text: Int, step: Int)] = []
            var end = 0
            for (place, count) in zip(places, counts) {
                let text = order.indices[place]
                end += count
                asked += (0..<last(text)).map { (end - last(text) + $0, text, $0) }
            }
            for start in stride(from: 0, to: asked.count, by: Self.headRows) {
                let part = asked[start..<min(start + Self.headRows, asked.count)]
                let scores = model.causal.tokenLogits(tape, tape.rows(states, part.map(\.row)))
                for (row, read) in part.enumerated() {
                    body(
                        read.text, read.step,
                        UnsafeMutableBufferPointer(
                            rebasing: scores.values[row * scores.columns..<(row + 1) * scores.columns]))
                }
            }
            progress(places.count)
        }
    }
}
