import Kernels
import Tensors
import Testing

@testable import Transformers

@Suite struct LanguageModelTests {
    /// Greedy continuations of a few texts, with and without the cache.
    @Test(arguments: Fixtures.languageModels)
    func `the cache changes nothing`(name: String) throws {
        let model = try LanguageModel(folder: Fixtures.folder(name))
        let texts: [[Int32]] = [[5], [9, 200, 3, 17], Array(20..<41)]
        for text in texts {
            let continuations = [true, false].map { usesCache in
                onOneThread { model.greedy(text, count: 20, $0, usesCache: usesCache) }
            }
            #expect(continuations[0] == continuations[1] && continuations[0].count == 20)
        }
    }

    @Test(arguments: Fixtures.languageModels)
    func `generation stops at the end token and at the last position`(name: String) throws {
        let model = try LanguageModel(folder: Fixtures.folder(name))
        let free = onOneThread { model.greedy([7, 8], count: 6, $0) }
        let stopped = onOneThread { model.greedy([7, 8], count: 6, endIDs: [free[2]], $0) }
        let end = free.firstIndex(of: free[2]) ?? 0
        #expect(stopped == Array(free[...end]))
        let long = (0..<model.causal.maxPositions - 2).map { Int32($0 % 50) }
        #expect(onOneThread { model.greedy(long, count: 9, $0) }.count == 2)
        #expect(onOneThread { model.greedy([], count: 9, $0) }.isEmpty)
    }

    @Test(arguments: Fixtures.languageModels)
    func `the loss is the mean surprise at the tokens of the responses`(name: String) throws {
        let model = try LanguageModel(folder: Fixtures.folder(name))
        let texts = [([5, 6, 7, 8], 2), ([9], 0), ([30, 2], 0), ([4, 3], 2)].map {
            LanguageExample(ids: $0.0, responseStart: $0.1)
        }
        let loss = onOneThread { context in
            model.loss(Tape(context: context, parameters: model.parameters), texts, [0, 1, 2, 3])
        }
        let pairs: [([Int32], Int32)] = [([5, 6], 7), ([5, 6, 7], 8), ([30], 2)]
        let surprises = pairs.map { prefix, next in
            let row = onOneThread { model.lastLogits([prefix], $0)[0] }
            return Logits(labels: row.count, values: row).logLoss(0, label: Int(next))
        }
        #expect(abs(loss - surprises.reduce(0, +) / 3) <= 1e-6)
    }
}
