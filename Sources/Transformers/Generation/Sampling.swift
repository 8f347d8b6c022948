internal import Tensors

#if canImport(Glibc)
    internal import Glibc
#endif

/// Draws tokens at random: a pure function of scores, seed, prompt and step.
public struct Sampling: Sendable, Equatable {
    /// Only so many of the highest scores can be drawn; nil leaves all.
    public var topK: Int?
    /// Divides the scores: below 1 prefers high ones, above 1 levels them.
    public var temperature: Double
    public var seed: UInt64

    public init(topK: Int? = nil, temperature: Double = 1, seed: UInt64) {
        self.topK = topK
        self.temperature = temperature
        self.seed = seed
    }
}

/// Chooses the next token of one prompt from its scores.
struct TokenChoice {
    let sampling: Sampling?
    private let random: CounterRandom?

    /// - Parameter prompt: index of the prompt among all, whatever batch it is in.
    init(_ sampling: Sampling?, prompt: Int) {
        self.sampling = sampling
        random = sampling.map { CounterRandom(seed: $0.seed, stream: "continuation/\(prompt)") }
    }

    /// - Parameters:
    ///   - scores: one a token of the vocabulary.
    ///   - step: number of the new token, from 0.
    func token(_ scores: UnsafeBufferPointer<Float>, step: Int) -> Int32 {
        guard let sampling, let random, sampling.temperature > 0 else { return Self.highest(scores) }
        let candidates = Self.candidates(scores, sampling.topK ?? scores.count)
        let top = Double(candidates.map { scores[$0] }.max() ?? 0)
        let weights = candidates.map { exp((Double(scores[$0]) - top) / sampling.temperature) }
        var left = random.uniform(at: UInt64(step)) * weights.reduce(0, +)
        for (candidate, weight) in zip(candidates, weights) {
            left -= weight
            if left < 0 { return Int32(candidate) }
        }
        return Int32(candidates.last ?? 0)
    }

    /// The first of the highest scores.
    static func highest(_ scores: UnsafeBufferPointer<Float>) -> Int32 {
        var best = 0
        for index in scores.indices where scores[index] > scores[best] { best = index }
        return Int32(best)
    }

    /// The `count` tokens of the highest scores, the first of equals, in ascending order.
    private static func candidates(_ scores: UnsafeBufferPointer<Float>, _ count: Int) -> [Int] {
        guard count < scores.count else { return Array(scores.indices) }
        let ordered = scores.indices.sorted { scores[$0] == scores[$1] ? $0 < $1 : scores[$0] > scores[$1] }
        return ordered.prefix(max(1, count)).sorted()
    }
}
