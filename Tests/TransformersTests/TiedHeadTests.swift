import Checkpoints
import Foundation
import Tensors
import Testing

@testable import Transformers

@Suite struct TiedHeadTests {
    /// A language model whose checkpoint also stores its head: the word embeddings, with `shift` added.
    static func model(shift: Float) throws -> LanguageModel {
        let source = try Fixtures.folder("gpt2-causal")
        let copy = FileManager.default.temporaryDirectory.appending(path: "tied-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: copy, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: copy) }
        try FileManager.default.copyItem(
            atPath: source.path + "/config.json", toPath: copy.appending(path: "config.json").path)
        let words = "transformer.wte.weight"
        let shape = try #require(source.checkpoint[words]).shape
        let head = try #require(TensorDescription(name: "lm_head.weight", dtype: .f32, shape: shape))
        var writer = try SafetensorsWriter(
            path: copy.appending(path: "model.safetensors").path, tensors: source.checkpoint.tensors + [head])
        for tensor in source.checkpoint.tensors {
            try writer.write(try source.checkpoint.floats(tensor.name), to: tensor.name)
        }
        try writer.write(try source.checkpoint.floats(words).map { $0 + shift }, to: head.name)
        try writer.finish()
        return try LanguageModel(folder: ModelFolder(path: copy.path))
    }

    @Test func `a stored head that equals the word embeddings is left aside`() throws {
        let model = try Self.model(shift: 0)
        #expect(model.checkpointNames["lm_head.weight"] == nil)
    }

    @Test func `one that differs is refused`() throws {
        let error = #expect(throws: ModelError.self) { try Self.model(shift: 0.5) }
        #expect(error?.code == .unexpectedTensor)
    }
}
