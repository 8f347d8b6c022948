import Kernels
import Synchronization
import Tensors
import Testing

@testable import Transformers

@Suite struct ScoreTests {
    /// Log-probabilities of the token behind a text by their definition.
    static func plain(_ model: LanguageModel, _ text: [Int32], _ context: ComputeContext) -> [Double] {
        let row = Logits(labels: model.causal.wordEmbeddings.rows, values: model.lastLogits([text], context)[0])
        return (0..<row.labels).map { -row.logLoss(0, label: $0) }
    }

    @Test(arguments: SmallDecoder.names)
    func `rows behind prompts are those of each prompt alone`(name: String) throws {
        let model = try SmallDecoder.model(name)
        let prompts = SmallDecoder.prompts
        let rows = SmallDecoder.generator(model).nextLogProbabilities(prompts)
        let alone = prompts.map { SmallDecoder.generator(model, threads: 1).nextLogProbabilities([$0])[0] }
        let expected = onOneThread { context in prompts.map { Self.plain(model, $0, context) } }
        #expect(worst(rows, expected) <= 1e-5 && worst(alone, expected) <= 1e-5)
        #expect(rows.count == prompts.count)
    }

    @Test(arguments: SmallDecoder.names)
    func `a continuation's scores are those behind each of its prefixes`(name: String) throws {
        let model = try SmallDecoder.model(name)
        let start = Array(SmallDecoder.prompts[2].prefix(20))
        // Many continuations of one prompt, many prompts with one start, one token, none, the same pair twice.
        var pairs: [(prompt: [Int32], continuation: [Int32])] = (0..<40).map {
            (start, [Int32($0 % 7), 5, Int32($0)])
        }
        pairs += (0..<40).map { (start + [Int32($0 * 3), 9], [1, 2]) }
        pairs += [([3], [4]), ([3], []), ([8, 9], Array(10..<50)), (start, [0, 5, 0])]
        let together = SmallDecoder.generator(model).logProbabilities(pairs)
        let expected = onOneThread { context in
            pairs.map { pair in
                pair.continuation.indices.map { step in
                    Self.plain(model, pair.prompt + pair.continuation[..<step], context)[Int(pair.continuation[step])]
                }
            }
        }
        #expect(worst(together, expected) <= 1e-5)
        #expect(together.map(\.count) == pairs.map(\.continuation.count))
    }

    @Test(arguments: Precision.allCases.filter(\.isAvailable))
    func `threads change no bit, and each text is reported`(precision: Precision) throws {
        let model = try SmallDecoder.model("gpt2-causal")
        // Enough tokens for several batches.
        let prompts = (0..<400).map { index in
            (0..<20).map { (place: Int) -> Int32 in Int32((index / 3 + place * (1 + index % 3)) % 300) }
        }
        let runs = [1, 2, 3].map { threads in
            let generator = SmallDecoder.generator(model, threads: threads, precision: precision)
            let finished = Mutex(0)
            generator.forEachNextLogProbabilities(prompts, progress: { count in finished.withLock { $0 += count } }) {
                _, _ in
            }
            let scores = generator.logProbabilities(prompts.map { ($0, [1, 2, 3]) }) { count in
                finished.withLock { $0 += count }
            }
            #expect(finished.withLock { $0 } == 2 * prompts.count)
            return (generator.nextLogProbabilities(prompts), scores)
        }
        #expect(runs[0] == runs[1] && runs[0] == runs[2])
    }

    /// Largest absolute difference; infinite where the lengths differ or a value is not finite.
    private func worst(_ a: [[some BinaryFloatingPoint]], _ b: [[Double]]) -> Double {
        guard a.map(\.count) == b.map(\.count) else { return .infinity }
        let errors = zip(a.joined(), b.joined()).map { abs(Double($0) - $1) }
        return errors.allSatisfy(\.isFinite) ? errors.max() ?? 0 : .infinity
    }
}
