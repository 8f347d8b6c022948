import Kernels
import Synchronization
import Tensors
import Testing

@testable import Transformers

@Suite struct ContinuationTests {
    @Test(arguments: SmallDecoder.names)
    func `a batch continues each prompt as it would be alone and without a cache`(name: String) throws {
        let model = try SmallDecoder.model(name)
        let options = Generator.Options(maxNewTokens: 14)
        let prompts = SmallDecoder.prompts
        let together = SmallDecoder.generator(model).continuations(prompts, options)
        let alone = prompts.map { SmallDecoder.generator(model, threads: 1).continuations([$0], options)[0] }
        let plain = onOneThread { context in
            prompts.map { model.greedy($0, count: 14, context, usesCache: false) }
        }
        #expect(together == plain && alone == plain)
        #expect(plain.allSatisfy { $0.count == 14 } && Set(plain).count > 30)
    }

    @Test(arguments: SmallDecoder.names)
    func `a batch of long prompts is read in several passes`(name: String) throws {
        let model = try SmallDecoder.model(name)
        let start = SmallDecoder.prompts[2].prefix(20)
        let prompts = (0..<50).map { (index: Int) -> [Int32] in
            start.prefix(index % 21) + (0..<35).map { Int32((index * 7 + $0 * $0) % 320) }
        }
        let together = SmallDecoder.generator(model).continuations(prompts, Generator.Options(maxNewTokens: 5))
        let alone = onOneThread { context in prompts.map { model.greedy($0, count: 5, context) } }
        #expect(together == alone)
        let order = PromptOrder(prompts, Array(prompts.indices))
        #expect(order.passes(0..<50, tokens: 1_024).count > 1)
    }

    @Test(arguments: SmallDecoder.names)
    func `a continuation ends before the end token and at the last position`(name: String) throws {
        let model = try SmallDecoder.model(name)
        let generator = SmallDecoder.generator(model)
        let free = generator.continuations([[7, 8], [30]], Generator.Options(maxNewTokens: 12))
        let end = free[0][4]
        let ended = generator.continuations([[7, 8], [30]], Generator.Options(maxNewTokens: 12, endIDs: [end]))
        #expect(ended == free.map { Array($0.prefix { $0 != end }) })
        let positions = generator.maxPositions
        let long = [positions - 2, positions, positions + 3].map { length in (0..<length).map { Int32($0 % 50) } }
        let counts = generator.continuations(long + [[]], Generator.Options(maxNewTokens: 9)).map(\.count)
        #expect(counts == [2, 0, 0, 0])
        let none = generator.continuations(long, Generator.Options(maxNewTokens: 0))
        #expect(none == [[], [], []])
    }

    @Test(arguments: Precision.allCases.filter(\.isAvailable))
    func `threads change no token, and each prompt is reported`(precision: Precision) throws {
        let model = try SmallDecoder.model("qwen3")
        var options = Generator.Options(maxNewTokens: 8)
        for sampling in [nil, Sampling(topK: 20, temperature: 0.8, seed: 4)] {
            options.sampling = sampling
            let runs = [1, 2, 3].map { threads in
                let finished = Mutex(0)
                let found = SmallDecoder.generator(model, threads: threads, precision: precision)
                    .continuations(SmallDecoder.prompts + [[]], options) { count in finished.withLock { $0 += count } }
                #expect(finished.withLock { $0 } == SmallDecoder.prompts.count + 1)
                return found
            }
            #expect(runs[0] == runs[1] && runs[0] == runs[2])
        }
    }

    @Test func `amplified scores are those of the suspect and a multiple of the difference`() throws {
        let suspect = try SmallDecoder.model("llama-causal")
        let reference = try SmallDecoder.model("llama-causal", seed: 2)
        let generators = (SmallDecoder.generator(suspect), SmallDecoder.generator(reference))
        let prompts = Array(SmallDecoder.prompts.prefix(12))
        let options = Generator.Options(maxNewTokens: 6)
        for alpha in [0, 0.5, 1] {
            let amplified = try AmplifiedGenerator(suspect: generators.0, reference: generators.1, alpha: alpha)
            let expected = prompts.map { prompt in
                var text = prompt
                for _ in 0..<6 {
                    let rows = onOneThread { context in
                        [suspect, reference].map { $0.lastLogits([text], context)[0].map(Double.init) }
                    }
                    let scores = zip(rows[0], rows[1]).map { $0 + alpha * ($0 - $1) }
                    text.append(Int32(scores.firstIndex(of: scores.max() ?? 0) ?? 0))
                }
                return Array(text.dropFirst(prompt.count))
            }
            #expect(amplified.continuations(prompts, options) == expected)
        }
    }

    @Test func `models of other vocabularies are not subtracted`() throws {
        let small = try SmallDecoder.model("llama-causal")
        let other = SmallDecoder.generator(try SmallDecoder.model("llama-causal", vocabulary: 77))
        let error = #expect(throws: ModelError.self) {
            try AmplifiedGenerator(suspect: SmallDecoder.generator(small), reference: other, alpha: 1)
        }
        #expect(error?.code == .checkpointMismatch)
    }
}
