import Kernels
import Tensors
import Testing

@testable import Transformers

/// What techniques read inside the networks.
@Suite struct LayerAccessTests {
    static let batch = PackedBatch(ids: [Array(5..<16), [7], [9, 8, 4]])

    /// Runs a body on a tape of the model.
    static func run<T>(_ model: SequenceClassifier, _ body: (Tape) -> T) throws -> T {
        var result: T?
        withUnsafeMutablePointer(to: &result) { result in
            nonisolated(unsafe) let result = result
            Workers(threads: 1).forEach(1) { _, context in
                result.pointee = body(Tape(context: context, parameters: model.parameters))
            }
        }
        return try #require(result)
    }

    @Test(arguments: Fixtures.models + Fixtures.families)
    func `the last layer read through the head gives the logits`(name: String) throws {
        let model = try ClassifierSource(folder: Fixtures.folder(name)).load()
        let network = try #require(model.architecture as? any LayerwiseClassifier)
        let (layers, logits) = try Self.run(model) { tape in
            (
                network.layerLogits(tape, Self.batch).map { Array($0.values) },
                Array(network.logits(tape, Self.batch).values)
            )
        }
        #expect(layers.count >= 2 && layers[0] != layers[layers.count - 1])
        // Products of other shapes add in another order.
        for (a, b) in zip(layers[layers.count - 1], logits) { #expect(abs(a - b) <= 2e-6) }
    }

    @Test(arguments: Fixtures.models + Fixtures.families)
    func `units are offered where every layer has its own`(name: String) throws {
        let model = try ClassifierSource(folder: Fixtures.folder(name)).load()
        let without = ["albert", "modernbert", "modernbert-biased", "gpt2", "mistral", "qwen2", "qwen3"]
        let hasNone = without.contains(name) || name.hasPrefix("llama")
        guard let network = model.architecture as? any FeedForwardUnits else {
            #expect(hasNone)
            return
        }
        #expect(!hasNone)
        let activations = try Self.run(model) { tape in
            network.feedForwardActivations(tape, Self.batch).map { [$0.rows, $0.columns] }
        }
        #expect(activations == network.feedForward.map { [Self.batch.ids.count, $0.intermediateBias.count] })
    }
}
