internal import Kernels

/// Continues prompts token by token, many at once, with the scores of one model or with amplified ones.
struct ContinuationRun {
    let suspect: Generator
    /// What the suspect's scores are compared with, and how many times the difference is added to them.
    let reference: (generator: Generator, alpha: Float)?
    let options: Generator.Options

    /// Prompts of one batch: enough that a step's products do more than read the weights.
    private static let batchPrompts = 64
    /// Tokens of one pass over prompts.
    private static let passTokens = 1_024
    /// Bytes of the caches of one worker.
    private static let cacheBytes = 512 << 20

    /// Each has a cache of its own.
    private var generators: [Generator] { [suspect] + (reference.map { [$0.generator] } ?? []) }

    func continuations(_ prompts: [[Int32]], _ progress: @Sendable (Int) -> Void) -> [[Int32]] {
        suspect.check(prompts)
        let positions = generators.map(\.maxPositions).min() ?? 0
        let limits = prompts.map { $0.isEmpty ? 0 : max(0, min(options.maxNewTokens, positions - $0.count)) }
        let order = PromptOrder(prompts, prompts.indices.filter { limits[$0] > 0 })
        if order.indices.count < prompts.count { progress(prompts.count - order.indices.count) }
        let tokenBytes = generators.reduce(0) { $0 + $1.model.causal.cacheShape.tokenBytes }
        // The last new token is never read.
        let batches = order.batches(
            PromptOrder.Limits(
                tokens: .max, texts: Self.batchPrompts, rows: max(1, Self.cacheBytes / max(1, tokenBytes))),
            reserve: { limits[$0] - 1 })
        var results = [[Int32]](repeating: [], count: prompts.count)
        results.withUnsafeMutableBufferPointer { results in
            nonisolated(unsafe) let results = results
            suspect.workers.forEach(batches.count) { index, context in
                let found = batch(batches[index], order, prompts, limits, context, progress)
                for (place, ids) in zip(batches[index], found) { results[order.indices[place]] = ids }
            }
        }
        return results
    }

    /// The continuations of the prompts at some places of the order.
    private func batch(
        _ places: Range<Int>, _ order: PromptOrder, _ prompts: [[Int32]], _ limits: [Int], _ context: ComputeContext,
        _ progress: (Int) -> Void
    ) -> [[Int32]] {
        let first = places.lowerBound
        let rows = places.map { order.newCount($0, from: first) + limits[order.indices[$0]] - 1 }
        let caches = generators.map { $0.model.causal.cacheShape.cache(capacity: rows.reduce(0, +), context) }
        for place in places {
            let shared = order.sharedCount(place, from: first)
            for cache in caches {
                _ = cache.add(
                    capacity: rows[place - first],
                    sharing: shared == 0 ? nil : (sequence: place - first - 1, count: shared))
            }
        }
        let choices = places.map { TokenChoice(options.sampling, prompt: order.indices[$0]) }
        var found = places.map { _ in [Int32]() }
        /// Adds a token to each member and returns those that go on.
        func choose(_ scores: Activation, _ members: [Int]) -> [Int] {
            let live = members.enumerated().filter { row, member in
                let row = UnsafeBufferPointer(
                    rebasing: scores.values[row * scores.columns..<(row + 1) * scores.columns])
                let token = choices[member].token(row, step: found[member].count)
                if options.endIDs.contains(token) { return false }
                found[member].append(token)
                return found[member].count < limits[order.indices[first + member]]
            }
            if live.count < members.count { progress(members.count - live.count) }
            return live.map(\.element)
        }

        var live: [Int] = []
        for pass in order.passes(places, tokens: Self.passTokens) {
            let ids = pass.map { Array(prompts[order.indices[$0]].suffix(order.newCount($0, from: first))) }
            let members = pass.map { $0 - first }
            live += choose(scores(ids, caches, members, context), members)
        }
        while !live.isEmpty {
            live = choose(scores(live.map { Array(found[$0].suffix(1)) }, caches, live, context), live)
        }
        return found
    }

    /// Scores of the token behind the last of each member's new ones: [members, vocabulary].
    private func scores(
        _ ids: [[Int32]], _ caches: [KeyValueCache], _ members: [Int], _ context: ComputeContext
    ) -> Activation {
        let sum = scores(suspect, ids, CachedSequences(caches[0], members), context)
        guard let reference else { return sum }
        let other = scores(reference.generator, ids, CachedSequences(caches[1], members), context)
        let (values, subtracted) = (sum.values, other.values)
        for index in values.indices { values[index] += reference.alpha * (values[index] - subtracted[index]) }
        return sum
    }

    private func scores(
        _ generator: Generator, _ ids: [[Int32]], _ sequences: CachedSequences, _ context: ComputeContext
    ) -> Activation {
        let tape = generator.tape(context)
        let states = generator.hiddenStates(tape, ids, sequences)
        var last = -1
        let rows = ids.map {
            last += $0.count
            return last
        }
        return generator.model.causal.tokenLogits(tape, tape.rows(states, rows))
    }
}
