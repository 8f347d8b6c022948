import Checkpoints
import Glibc
import Testing

@Suite struct ModelFolderTests {
    private func model() throws -> TemporaryFolder {
        let folder = try TemporaryFolder()
        try folder.write(Fixture.config, to: "config.json")
        try folder.write(Fixture.small, to: "model.safetensors")
        try folder.write("[PAD]\n", to: "vocab.txt")
        return folder
    }

    @Test func opensAndHashes() throws {
        let folder = try model()
        let model = try ModelFolder(path: folder.path + "/")
        #expect(folder.path.hasSuffix("/" + model.name))
        #expect(model.config.modelType == "bert")
        #expect(model.checkpoint.tensors.map(\.name) == ["a", "b"])
        #expect(model.digests.map(\.name) == ["config.json", "model.safetensors", "vocab.txt"])
        #expect(model.digests[1] == InputDigest(name: "model.safetensors", of: Fixture.small))
        #expect(try model.bytes(of: "vocab.txt") == Array("[PAD]\n".utf8))
        #expect(try model.bytes(of: "absent.txt") == nil)
        #expect(model.customCode == [])
        #expect(throws: Never.self) { try model.verifyUnchanged() }
    }

    @Test(arguments: [1, 2, 9]) func severalAtOnceInOrder(threads: Int) throws {
        let (first, second) = (try model(), try model())
        try second.write("[PAD]\n[UNK]\n", to: "vocab.txt")
        let paths = [first.path, first.file("absent"), second.path]
        let opened = ModelFolder.open(paths, threads: threads)
        #expect(opened.count == 3)
        for (result, path) in zip(opened, paths) where !path.hasSuffix("absent") {
            #expect(try result.get().path == path)
            #expect(try result.get().digests == ModelFolder(path: path).digests)
        }
        #expect(code { _ = try opened[1].get() } == code { _ = try ModelFolder(path: paths[1]) })
        #expect(ModelFolder.open([], threads: threads).isEmpty)
    }

    @Test func filesReadLaterAreHashedToo() throws {
        let folder = try model()
        try folder.write("hi", to: "README.md")
        let model = try ModelFolder(path: folder.path)
        #expect(model.digests.count == 3)
        #expect(try model.bytes(of: "README.md") == Array("hi".utf8))
        #expect(try model.bytes(of: "README.md") == Array("hi".utf8))
        #expect(model.digests.map(\.name).first == "README.md")
        #expect(model.digests.count == 4)
    }

    @Test(arguments: ["", ".", "..", "../config.json", "/etc/passwd", "a/b", "config.json\0x"])
    func onlyPlainNamesAreRead(name: String) throws {
        let folder = try model()
        let model = try ModelFolder(path: folder.path)
        #expect(code { _ = try model.bytes(of: name) } == .unsafeName)
    }

    @Test(arguments: ["config.json", "model.safetensors", "vocab.txt"]) func linksAreRefused(name: String) throws {
        let folder = try model()
        #expect(rename(folder.file(name), folder.file("target")) == 0)
        #expect(symlink("target", folder.file(name)) == 0)
        #expect(code { _ = try ModelFolder(path: folder.path) } == .symbolicLink)
    }

    @Test func oversizedSmallFilesAreRefused() throws {
        let folder = try model()
        try folder.write("", to: "tokenizer.json")
        #expect(truncate(folder.file("tokenizer.json"), 64 << 20 + 1) == 0)
        #expect(code { _ = try ModelFolder(path: folder.path) } == .fileTooLarge)
    }

    @Test(arguments: [
        (CheckpointError.Code.indexMalformed, "model.safetensors.index.json"),
        (.indexMalformed, "pytorch_model.bin.index.json"), (.headerTruncated, "pytorch_model.bin"),
        (.headerTruncated, "model.pt"), (.foreignWeights, "tf_model.h5"), (.foreignWeights, "model.gguf"),
        (.weightsMissing, "adapter_model.safetensors"), (.adapterAlone, "adapter_config.json"),
        (.weightsMissing, "optimizer.pt"), (.weightsMissing, "notes.txt"),
    ])
    func namesTheFormatInstead(expected: CheckpointError.Code, name: String) throws {
        let folder = try TemporaryFolder()
        try folder.write(Fixture.config, to: "config.json")
        try folder.write("{}", to: name)
        #expect(code { _ = try ModelFolder(path: folder.path) } == expected)
    }

    @Test func missingFolderAndConfiguration() throws {
        let folder = try TemporaryFolder()
        #expect(code { _ = try ModelFolder(path: folder.file("absent")) } == .notFound)
        #expect(code { _ = try ModelFolder(path: folder.path) } == .notFound)
        #expect(code { _ = try ModelFolder(path: try folder.write("", to: "file")) } == .cannotOpen)
    }

    @Test func aConfigThatNamesOtherWeightsIsRefused() throws {
        let folder = try model()
        try folder.write(#"{"model_type":"x","transformers_weights":"other.safetensors"}"#, to: "config.json")
        let error = try #require(throws: CheckpointError.self) { try ModelFolder(path: folder.path) }
        #expect(error.code == .foreignWeights && error.detail.contains("transformers_weights"))
        try folder.write(#"{"model_type":"x","transformers_weights":null}"#, to: "config.json")
        _ = try ModelFolder(path: folder.path)
    }

    @Test func customCodeIsReported() throws {
        let folder = try model()
        try folder.write(
            #"{"model_type":"x","auto_map":{"AutoModel":"modeling.Model"},"trust_remote_code":true}"#, to: "config.json"
        )
        try folder.write(#"{"chat_template":"{{ x }}"}"#, to: "tokenizer_config.json")
        try folder.write("raise SystemExit", to: "modeling.py")
        try folder.write("{{ x }}", to: "chat_template.jinja")
        let model = try ModelFolder(path: folder.path)
        #expect(
            model.customCode == [
                "chat_template.jinja", "modeling.py", "config.json: auto_map", "config.json: trust_remote_code",
                "tokenizer_config.json: chat_template",
            ])
        try folder.write("{", to: "tokenizer_config.json")
        #expect(code { _ = try ModelFolder(path: folder.path) } == .configNotJSON)
    }

    @Test(arguments: [("config.json", CheckpointError.Code.sizeChanged), ("vocab.txt", .sizeChanged)])
    func changesOfSmallFilesAreNoticed(name: String, expected: CheckpointError.Code) throws {
        let folder = try model()
        let model = try ModelFolder(path: folder.path)
        try folder.write("something else", to: name)
        #expect(code { try model.verifyUnchanged() } == expected)
    }

    @Test func contentReadTwiceMustBeTheSame() throws {
        let folder = try model()
        let model = try ModelFolder(path: folder.path)
        try folder.write("[PAX]\n", to: "vocab.txt")
        #expect(code { _ = try model.bytes(of: "vocab.txt") } == .contentChanged)
    }

    @Test func theNameOfTheCurrentFolderIsResolved() throws {
        let folder = try model()
        #expect(try ModelFolder(path: folder.path + "/.").name.isEmpty == false)
        #expect(try ModelFolder(path: folder.path + "/.").name != ".")
    }
}
