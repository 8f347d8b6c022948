import Testing

@testable import Checkpoints

/// A GGUF file is opened as a folder is, and turned into one.
@Suite struct GGUFFolderTests {
    @Test(arguments: ["m.gguf", "weights"]) func aFileIsOpenedAsAFolder(name: String) throws {
        let folder = try TemporaryFolder()
        let bytes = GGUFBuilder.model().bytes
        try folder.write("[]", to: "tokenizer.json")
        let model = try ModelFolder(path: try folder.write(bytes, to: name))
        #expect(model.name == name && model.config.modelType == "llama")
        #expect(model.digests == [InputDigest(name: name, of: bytes)])
        #expect(try model.checkpoint.floats("model.norm.weight") == [0, 0.125, 0.25, 0.375])
        #expect(model.customCode == ["tokenizer_config.json: chat_template"])
        // What lies beside the file is none of the model's.
        #expect(try model.bytes(of: "tokenizer.json")?.first == UInt8(ascii: "{"))
        #expect(try model.bytes(of: "merges.txt") == nil)
        try model.verifyUnchanged()
        try folder.write(bytes + [0], to: name)
        #expect(code { try model.verifyUnchanged() } == .sizeChanged)
    }

    /// `Tests/Reference/make_gguf_model.py` wrote it with the reference implementation.
    @Test func aFileOfTheReferenceIsRead() throws {
        let path = GGUFBuilder.fixture("llama.gguf")
        let model = try GGUFFile(path: path)
        #expect(model.header.version == 3 && model.checkpoint.tensors.count == 11)
        #expect(model.checkpoint.quantization(of: "model.layers.0.mlp.up_proj.weight")?.type == "Q4_1")
        for tensor in model.checkpoint.tensors {
            #expect(try model.checkpoint.floats(tensor.name) == [Float](repeating: 0, count: tensor.elementCount))
        }
    }

    @Test func otherFilesAreRefused() throws {
        let folder = try TemporaryFolder()
        #expect(code { _ = try ModelFolder(path: try folder.write("no model", to: "m.gguf")) } == .ggufMagic)
        #expect(code { _ = try ModelFolder(path: try folder.write("no model", to: "m")) } == .cannotOpen)
    }

    @Test func aConvertedFolderHoldsTheSameModel() throws {
        let folder = try TemporaryFolder()
        let output = try TemporaryFolder()
        let path = try folder.write(GGUFBuilder.model().bytes, to: "m.gguf")
        let digests = try GGUFConversion.write(path, to: output.path)
        let names = [
            "config.json", "generation_config.json", "model.safetensors", "tokenizer.json", "tokenizer_config.json",
        ]
        #expect(digests.map(\.name) == names)
        #expect(try output.entries() == names)
        let (written, read) = (try ModelFolder(path: output.path), try ModelFolder(path: path))
        #expect(written.config.json == read.config.json && written.customCode == read.customCode)
        #expect(written.checkpoint.tensors == read.checkpoint.tensors)
        for tensor in read.checkpoint.tensors {
            #expect(try written.checkpoint.floats(tensor.name) == read.checkpoint.floats(tensor.name))
        }
        for name in ["tokenizer.json", "tokenizer_config.json"] {
            #expect(try written.bytes(of: name) == read.bytes(of: name))
        }
        #expect(written.digests.allSatisfy { digests.contains($0) })
    }

    @Test func aFolderThatHoldsSomethingIsLeftAlone() throws {
        let folder = try TemporaryFolder()
        let path = try folder.write(GGUFBuilder.model().bytes, to: "m.gguf")
        #expect(code { _ = try GGUFConversion.write(path, to: folder.path) } == .folderNotEmpty)
        #expect(try folder.entries() == ["m.gguf"])
    }

    @Test func aModelThatIsNotReadWholeIsNotConverted() throws {
        let folder = try TemporaryFolder()
        let output = try TemporaryFolder()
        let tensor = GGUFBuilder.Tensor(name: "i", type: 26, shape: [1], data: [1, 0, 0, 0])
        let path = try folder.write(GGUFBuilder.model().with(tensor).bytes, to: "m.gguf")
        #expect(code { _ = try GGUFConversion.write(path, to: output.path) } == .unsupportedType)
        #expect(try output.entries().isEmpty)
    }
}
