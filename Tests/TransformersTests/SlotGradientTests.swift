import Tensors
import Testing

@testable import Transformers

@Suite struct SlotGradientTests {
    @Test(arguments: ["llama-causal", "gpt2-causal"])
    func `the gradient at a place is that of finite differences`(name: String) throws {
        let model = try SmallDecoder.model(name)
        let slot = Generator.Slot(ids: [5, 9, 250, 17, 33], place: 2, continuation: [40, 7, 21])
        let gradient = SmallDecoder.generator(model).slotGradient([slot])
        // Token 250 stands nowhere else, so that its row is the embedding at the place; a tied head would read it as well,
        // so that one of the two models has a head of its own and the other never scores the token.
        let words = model.causal.wordEmbeddings
        let row = words.offset + 250 * words.columns
        func loss() -> Double {
            -SmallDecoder.generator(model).logProbabilities([(prompt: slot.ids, continuation: slot.continuation)])[0]
                .reduce(0, +) / 3
        }
        guard model.causal.layout["lm_head.weight"] != nil else {
            #expect(gradient.contains { $0 != 0 })
            return
        }
        let values = model.parameters.values.floats
        for column in [0, 3, words.columns - 1] {
            let (kept, step) = (values[row + column], Float(0.01))
            values[row + column] = kept + step
            let above = loss()
            values[row + column] = kept - step
            let below = loss()
            values[row + column] = kept
            let slope = (above - below) / Double(2 * step)
            #expect(abs(slope - Double(gradient[column])) < 0.02 * max(0.05, abs(slope)))
        }
    }

    @Test func `the mean over slots is taken, whatever the number of threads`() throws {
        let model = try SmallDecoder.model("llama-causal")
        let slots = [
            Generator.Slot(ids: [5, 9, 17], place: 1, continuation: [40]),
            Generator.Slot(ids: [8, 30, 2, 11], place: 3, continuation: [7, 7]),
        ]
        let both = SmallDecoder.generator(model, threads: 2).slotGradient(slots)
        let each = slots.map { SmallDecoder.generator(model, threads: 1).slotGradient([$0]) }
        #expect(both == both.indices.map { (each[0][$0] + each[1][$0]) / 2 })
    }
}
