import Foundation
import StrictJSON
import Testing

@testable import Checkpoints

/// LoRA adapters that PEFT wrote, and what it merged them to, by `Tests/Reference/make_adapters.py`.
@Suite struct AdapterTests {
    private static let adapters = [
        ("list", "bert"), ("all-linear", "bert"), ("conv1d", "gpt2"), ("expression", "bert"), ("layers", "bert"),
    ]

    private static func path(_ name: String) -> String {
        URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .appending(path: "Fixtures/adapters/\(name)").path
    }

    @Test(arguments: adapters) func mergesAsPEFTDoes(name: String, base: String) throws {
        let base = try ModelFolder(path: Self.path(base))
        let model = try ModelFolder(adapter: Self.path(name), base: base)
        let expected = try Checkpoint(path: Self.path(name) + "/merged.safetensors")
        let names = Dictionary(uniqueKeysWithValues: expected.tensors.map { (TensorName($0.name), $0.name) })
        #expect(model.checkpoint.tensors.count == expected.tensors.count)
        for tensor in model.checkpoint.tensors {
            let name = try #require(names[TensorName(tensor.name)])
            #expect(tensor.shape == expected[name]?.shape)
            let (ours, theirs) = (try model.checkpoint.floats(tensor.name), try expected.floats(name))
            #expect(zip(ours, theirs).allSatisfy { abs($0 - $1) <= 1e-6 * max(1, abs($1)) })
        }
        #expect(!model.checkpoint.lowRankUpdates.isEmpty)
        #expect(model.config.labels == ["LABEL_0", "LABEL_1", "LABEL_2"])
        #expect(model.digests.map(\.name) == ["adapter_config.json", "adapter_model.safetensors"])
        try model.verifyUnchanged()
    }

    @Test func onlyTheNamedLayersChange() throws {
        let base = try ModelFolder(path: Self.path("bert"))
        let model = try ModelFolder(adapter: Self.path("layers"), base: base)
        #expect(model.checkpoint.lowRankUpdates.map(\.tensor) == ["encoder.layer.1.attention.self.key.weight"])
        #expect(model.checkpoint.lowRankUpdates.map(\.rank) == [2])
        #expect(model.checkpoint.lowRankUpdates.map(\.scale) == [4])
    }

    /// From any element on, a merged tensor gives what it gives as a whole, and its bytes are those of its elements.
    @Test func mergedTensorsAreReadInParts() throws {
        let base = try ModelFolder(path: Self.path("gpt2"))
        let merged = try ModelFolder(adapter: Self.path("conv1d"), base: base).checkpoint
        let name = "h.0.attn.c_attn.weight"
        let whole = try merged.floats(name)
        for range in [0..<1, 3..<30, 23..<25, 24..<48, 100..<192, 7..<7] {
            var part = [Float](repeating: -1, count: range.count)
            try part.withUnsafeMutableBufferPointer { try merged.read(name, elements: range, into: $0) }
            #expect(part == Array(whole[range]))
        }
        var bytes: [UInt8] = []
        try merged.withStoredBytes(name, elements: 3..<9) { bytes = Array($1) }
        #expect(bytes == Fixture.bytes(Array(whole[3..<9])))
    }

    @Test func aSuspectThatIsAnAdapterIsMerged() throws {
        let opened = ModelFolder.open(suspect: Self.path("list"), base: Self.path("bert"), threads: 2)
        #expect(try opened.suspect.get().checkpoint.lowRankUpdates.count == 3)
        #expect(try opened.base.get().checkpoint.lowRankUpdates.isEmpty)
        #expect(code { _ = try ModelFolder(path: Self.path("list")) } == .adapterAlone)
        let whole = ModelFolder.open(suspect: Self.path("bert"), base: Self.path("bert"), threads: 2)
        #expect(try whole.suspect.get().checkpoint.tensors == whole.base.get().checkpoint.tensors)
    }

    // MARK: Refusals

    /// What becomes of an adapter whose configuration has been edited.
    private func verdict(
        _ adapter: String = "list", base: String = "bert", _ edit: (inout JSONObject) -> Void
    ) throws -> CheckpointError.Code? {
        let folder = try TemporaryFolder()
        let source = Self.path(adapter)
        var json = try #require(
            try JSONValue(parsing: try InputFile(path: source + "/adapter_config.json").bytes()).objectValue)
        edit(&json)
        try folder.write(JSONValue.object(json).serialized(), to: "adapter_config.json")
        try folder.write(
            try InputFile(path: source + "/adapter_model.safetensors").bytes(), to: "adapter_model.safetensors")
        do {
            _ = try ModelFolder(adapter: folder.path, base: try ModelFolder(path: Self.path(base)))
            return nil
        } catch {
            return error.code
        }
    }

    @Test func whatTheTestsChangeIsAccepted() throws {
        #expect(try verdict { _ in } == nil)
    }

    @Test(arguments: ["LOHA", "ADALORA", "PROMPT_TUNING", "IA3", "VERA", ""]) func otherKindsAreRefusedByName(
        kind: String
    ) throws {
        #expect(try verdict { $0["peft_type"] = .string(kind) } == .adapterUnsupported)
    }

    @Test(arguments: [
        "use_dora", "use_qalora", "lora_bias", "layer_replication", "target_parameters", "trainable_token_indices",
        "alora_invocation_tokens", "megatron_config", "an_option_of_tomorrow",
    ])
    func optionsThatAreNotSupportedAreRefusedByName(option: String) throws {
        #expect(try verdict { $0[option] = .bool(true) } == .adapterUnsupported)
        #expect(try verdict { $0[option] = .null } == nil)
    }

    @Test(arguments: ["pissa", "olora", "corda", "loftq", "pissa_niter_4", "mica"])
    func startsThatChangeTheBaseAreRefused(start: String) throws {
        #expect(try verdict { $0["init_lora_weights"] = .string(start) } == .adapterUnsupported)
    }

    @Test func expressionsAreNotMatchedUnsafely() throws {
        #expect(try verdict { $0["target_modules"] = .string("(?=query)query") } == .adapterUnsupported)
        #expect(try verdict { $0["target_modules"] = .string(".*query|.*word_embeddings") } == nil)
    }

    @Test func weightsForAModuleThatIsNotTargeted() throws {
        #expect(try verdict { $0["target_modules"] = .array([.string("query")]) } == .adapterTargets)
        #expect(try verdict { $0["exclude_modules"] = .array([.string("query")]) } == .adapterTargets)
        #expect(try verdict { $0["layers_to_transform"] = .integer(0) } == .adapterTargets)
        #expect(try verdict { $0["modules_to_save"] = .array([.string("query")]) } != nil)
    }

    @Test func tensorsThatBelongToNothing() throws {
        #expect(try verdict { $0["bias"] = .string("none") } == .adapterUnknownTensor)
        #expect(try verdict { $0["modules_to_save"] = .null } == .adapterUnknownTensor)
        #expect(try verdict("list", base: "gpt2") { _ in } == .adapterUnknownTensor)
    }

    @Test func aRankThatIsNotTheTensors() throws {
        #expect(try verdict { $0["r"] = .integer(3) } == .adapterShape)
        #expect(try verdict { $0["r"] = .integer(0) } == .configOutOfRange)
    }

    @Test func valuesOfTheWrongForm() throws {
        #expect(try verdict { $0["target_modules"] = .integer(1) } == .configWrongType)
        #expect(try verdict { $0["target_modules"] = nil } == .configWrongType)
        #expect(try verdict { $0["rank_pattern"] = .array([]) } == .configWrongType)
        #expect(try verdict { $0["alpha_pattern"] = .object(JSONObject()) } == nil)
        for rank in [.number(1e300), .number(2.5), .integer(0), .string("2")] as [JSONValue] {
            var ranks = JSONObject()
            ranks["query"] = rank
            #expect(try verdict { $0["rank_pattern"] = .object(ranks) } == .configWrongType)
        }
        #expect(try verdict { $0["layers_to_transform"] = .string("1") } == .configWrongType)
        #expect(try verdict { $0["bias"] = .string("some") } == .adapterUnsupported)
        #expect(try verdict { $0["peft_type"] = nil } == .configKeyMissing)
    }

    /// What becomes of an adapter of zeros with these tensors, by name below PEFT's prefix and shape.
    private func verdict(rank: Int = 2, _ tensors: [(String, [Int])]) throws -> CheckpointError.Code? {
        let folder = try TemporaryFolder()
        var json = try #require(
            try JSONValue(parsing: try InputFile(path: Self.path("list") + "/adapter_config.json").bytes()).objectValue)
        json["r"] = .integer(rank)
        try folder.write(JSONValue.object(json).serialized(), to: "adapter_config.json")
        var entries: [String] = []
        var end = 0
        for (name, shape) in tensors {
            let start = end
            end += 4 * shape.reduce(1, *)
            entries.append(Fixture.tensor("base_model.model." + name, "F32", "\(shape)", start, end))
        }
        try folder.write(
            Fixture.safetensors("{\(entries.joined(separator: ","))}", data: [UInt8](repeating: 0, count: end)),
            to: "adapter_model.safetensors")
        do {
            _ = try ModelFolder(adapter: folder.path, base: try ModelFolder(path: Self.path("bert")))
            return nil
        } catch {
            return error.code
        }
    }

    @Test func aTensorIsChangedOnceAndByFactorsOfItsKind() throws {
        let query = "encoder.layer.0.attention.self.query"
        func factors(_ module: String, rank: Int = 2) -> [(String, [Int])] {
            [("\(module).lora_A.weight", [rank, 8]), ("\(module).lora_B.weight", [8, rank])]
        }
        #expect(try verdict(factors("bert." + query)) == nil)
        #expect(try verdict(factors("bert." + query) + factors(query)) == .adapterUnknownTensor)
        let table = "embeddings.word_embeddings.weight"
        let rows = try #require(try ModelFolder(path: Self.path("bert")).checkpoint[table]?.shape[0])
        #expect(try verdict([("bert." + table, [rows, 8])]) == nil)
        #expect(try verdict([("bert." + table, [rows, 8]), (table, [rows, 8])]) == .adapterUnknownTensor)
        let embedding = [("bert.\(query).lora_embedding_A", [2, 8]), ("bert.\(query).lora_embedding_B", [8, 2])]
        #expect(try verdict(embedding) == .adapterTargets)
        #expect(try verdict(factors("bert." + query) + embedding) == .adapterUnknownTensor)
        #expect(try verdict(rank: 9, factors("bert." + query, rank: 9)) == .adapterShape)
    }

    @Test func namesAndExpressionsHaveAnEnd() throws {
        let long = String(repeating: "a", count: 600)
        #expect(try verdict([("bert.\(long).lora_A.weight", [2, 8])]) == .adapterUnknownTensor)
        #expect(try verdict { $0["target_modules"] = .string(long) } == .adapterUnsupported)
        let error = try #require(throws: CheckpointError.self) {
            try AdapterConfig(parsing: Array(#"{"peft_type": "\#(long)"}"#.utf8))
        }
        #expect(error.detail.contains("\"\(long.prefix(100))…\""), "a name is cut before it is quoted")
        let names = (0..<1_001).map { JSONValue.string("m\($0)") }
        #expect(try verdict { $0["modules_to_save"] = .array(names) } == .adapterUnsupported)
    }

    @Test func halfAnAdapter() throws {
        let folder = try TemporaryFolder()
        let source = Self.path("list")
        try folder.write(
            try InputFile(path: source + "/adapter_config.json").bytes(), to: "adapter_config.json")
        let base = try ModelFolder(path: Self.path("bert"))
        #expect(code { _ = try ModelFolder(adapter: folder.path, base: base) } == .weightsMissing)
        let name = "base_model.model.bert.encoder.layer.0.attention.self.query.lora_A.weight"
        let header = "{\(Fixture.tensor(name, "F32", "[2,8]", 0, 64))}"
        try folder.write(
            Fixture.safetensors(header, data: [UInt8](repeating: 0, count: 64)), to: "adapter_model.safetensors")
        #expect(code { _ = try ModelFolder(adapter: folder.path, base: base) } == .adapterTargets)
        let magnitudes = name.replacing("lora_A.weight", with: "lora_magnitude_vector")
        try folder.write(
            Fixture.safetensors(
                "{\(Fixture.tensor(magnitudes, "F32", "[1]", 0, 4))}", data: [UInt8](repeating: 0, count: 4)),
            to: "adapter_model.safetensors")
        #expect(code { _ = try ModelFolder(adapter: folder.path, base: base) } == .adapterUnsupported)
    }
}
