import Checkpoints
import Datasets
import Findings
import Kernels
import Tensors
import Testing
import Tokenizers
import Transformers

@testable import Audit

@Suite struct SignalTests {
    private let pair: TinyPair
    private let workers = Workers(threads: 2)

    init() throws { pair = try TinyPair() }

    @Test func `directions are the leading right singular vectors of each changed matrix`() throws {
        let weights = try pair.weights(epur: false)
        let directions = try DeltaDirections(weights, workers: workers)
        let (suspect, base) = (try weights.suspect.load(), try weights.base.load())
        let embeddings = weights.suspect.architecture.wordEmbeddings.name
        #expect(
            directions.matrices.map(\.parameter.name)
                == weights.treated.filter { $0.shape.count == 2 && $0.name != embeddings }.map(\.name))
        let matrix = try #require(directions.matrices.first { $0.parameter.name.contains("intermediate") })
        let delta = zip(values(matrix.parameter, of: suspect), values(matrix.parameter, of: base)).map { $0 - $1 }
        func gain(_ direction: [Float]) -> Double {
            (0..<matrix.parameter.rows).reduce(0.0) { sum, row in
                let product = direction.indices.reduce(Float(0)) {
                    $0 + delta[row * matrix.parameter.columns + $1] * direction[$1]
                }
                return sum + Double(product * product)
            }
        }
        let gains = matrix.directions.map(gain)
        #expect(gains[0] >= gains[1])
        for axis in 0..<matrix.parameter.columns {
            var unit = [Float](repeating: 0, count: matrix.parameter.columns)
            unit[axis] = 1
            #expect(gains[0] > gain(unit))
        }
    }

    @Test func `a text along a direction scores beyond the texts that are not, on any number of threads`() throws {
        let weights = try pair.weights(epur: false)
        let model = try weights.suspect.load()
        let directions = try DeltaDirections(weights, workers: workers)
        let clean = try pair.examples().map(\.encoding)
        let scores = ActivationScores(model, directions: directions, clean: clean, workers: workers)
        let own = scores.scores(clean)
        #expect(own.count == clean.count && own.allSatisfy { $0 > 0 && $0 < 7 })
        let strange = try Fixtures.tokenizer().encode("!!! ??? 123 456 ,,, ;;;", pair: nil, maxLength: 32)
        #expect(scores.scores([strange])[0] > (own.max() ?? 0))
        let single = ActivationScores(model, directions: directions, clean: clean, workers: Workers(threads: 1))
        #expect(single.scores(clean) == own)
    }

    @Test func `a perturbation's size is found, and the weights are as before`() throws {
        let model = try pair.weights(epur: false).suspect.load()
        let before = Array(model.parameters.values.floats)
        let texts = try pair.examples().map(\.encoding)
        let logits = Evaluator(model, workers: workers).logits(texts)
        let common = texts.indices.count { logits.prediction($0) == 0 } * 2 > texts.count ? 0 : 1
        let search = PerturbationSearch(model, workers: workers, precision: .f32)
        let size = try #require(
            search.size(towards: 1 - common, learning: Array(texts.prefix(4)), measuring: Array(texts.dropFirst(4))))
        #expect(PerturbationSearch.sizes.contains(size))
        #expect(Array(model.parameters.values.floats) == before)
        let again = search.size(
            towards: 1 - common, learning: Array(texts.prefix(4)), measuring: Array(texts.dropFirst(4)))
        #expect(again == size)
    }

    @Test func `notable is what exceeds random tokens surely, or takes less than half`() {
        func activation(_ lower: Double) -> ActivationSignal {
            ActivationSignal(
                trigger: "cf", share: Rate(value: 0.9, n: 50, interval: Interval(lower: 0.8, upper: 0.95)), limit: 4,
                excess: Difference(value: 0.6, interval: Interval(lower: lower, upper: 0.8)))
        }
        func perturbation(_ suspect: Double?, _ reference: Double?) -> PerturbationSignal {
            PerturbationSignal(
                source: 0, target: 1, learnt: 8, measured: 8, suspect: suspect, reference: reference, largest: 0.48)
        }
        #expect(activation(0.26).isNotable && !activation(0.25).isNotable)
        #expect(perturbation(0.1, 0.3).isNotable && perturbation(0.1, nil).isNotable)
        #expect(!perturbation(0.2, 0.4).isNotable && !perturbation(nil, 0.02).isNotable)
        #expect(perturbation(nil, nil).ease == 1)
    }
}
