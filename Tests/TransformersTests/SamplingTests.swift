import Foundation
import Testing

@testable import Transformers

@Suite struct SamplingTests {
    static let scores: [Float] = [0.5, 2, -1, 2, 1, -30]

    /// How often each token is drawn.
    static func counts(_ sampling: Sampling?, draws: Int) -> [Int] {
        var counts = [Int](repeating: 0, count: scores.count)
        scores.withUnsafeBufferPointer { scores in
            for draw in 0..<draws {
                counts[Int(TokenChoice(sampling, prompt: draw / 50).token(scores, step: draw % 50))] += 1
            }
        }
        return counts
    }

    @Test func `without sampling, and at temperature 0, the first of the highest`() {
        #expect(Self.counts(nil, draws: 3) == [0, 3, 0, 0, 0, 0])
        #expect(Self.counts(Sampling(temperature: 0, seed: 1), draws: 3) == [0, 3, 0, 0, 0, 0])
        #expect(Self.counts(Sampling(topK: 1, seed: 1), draws: 9) == [0, 9, 0, 0, 0, 0])
    }

    @Test(arguments: [(nil, 1.0), (3, 1), (2, 0.5), (4, 2), (6, 0.7)] as [(Int?, Double)])
    func `draws have the probabilities of the softmax`(topK: Int?, temperature: Double) {
        let draws = 20_000
        let counts = Self.counts(Sampling(topK: topK, temperature: temperature, seed: 3), draws: draws)
        let kept = [1, 3, 4, 0, 2, 5].prefix(topK ?? 6)
        let weights = Self.scores.indices.map { index in
            kept.contains(index) ? exp(Double(Self.scores[index]) / temperature) : 0
        }
        for (count, weight) in zip(counts, weights) {
            let expected = weight / weights.reduce(0, +)
            let deviation = (expected * (1 - expected) / Double(draws)).squareRoot()
            #expect(abs(Double(count) / Double(draws) - expected) <= 4 * deviation)
        }
    }

    @Test func `a draw depends on seed, prompt and step alone`() {
        func tokens(seed: UInt64, prompt: Int) -> [Int32] {
            Self.scores.withUnsafeBufferPointer { scores in
                (0..<40).map { TokenChoice(Sampling(seed: seed), prompt: prompt).token(scores, step: $0) }
            }
        }
        #expect(tokens(seed: 1, prompt: 2) == tokens(seed: 1, prompt: 2))
        #expect(tokens(seed: 1, prompt: 2) != tokens(seed: 1, prompt: 3))
        #expect(tokens(seed: 1, prompt: 2) != tokens(seed: 2, prompt: 2))
    }
}
