import Kernels
import Tensors
import Testing

@testable import Transformers

/// Whoever watches the products of a pass can tell whose rows they read.
@Suite struct ObservedProductTests {
    @Test(arguments: Fixtures.models + Fixtures.families)
    func `every product reads a row a token or a row a sequence, as wide as its weight's inputs`(name: String) throws {
        let model = try ClassifierSource(folder: Fixtures.folder(name)).load()
        let batch = PackedBatch(ids: [Array(5..<16), [7], [9, 8, 4]])
        nonisolated(unsafe) var wrong: [String] = []
        nonisolated(unsafe) var count = 0
        Workers(threads: 1).forEach(1) { _, context in
            let tape = Tape(context: context, parameters: model.parameters)
            tape.onProduct = { weight, input in
                let isTransposed = model.parameters.layout.parameters.contains {
                    $0.range.overlaps(weight.range) && model.architecture.storesInputsFirst($0)
                }
                let width = isTransposed ? weight.rows : weight.columns
                if ![batch.ids.count, batch.sequences.count].contains(input.rows) || input.columns != width {
                    wrong.append(weight.name)
                }
                count += 1
            }
            _ = model.architecture.logits(tape, batch)
        }
        #expect(wrong.isEmpty && count >= 8)
    }
}
