import StrictJSON
import Testing

@testable import Checkpoints

/// What is made of a GGUF file's metadata: settings, tokenizer, and the folder.
@Suite struct GGUFModelTests {
    private static func object(_ bytes: [UInt8]?) throws -> JSONObject {
        let value = try JSONValue(parsing: try #require(bytes))
        return try #require(value.objectValue)
    }

    private static func refusal(_ builder: GGUFBuilder) throws -> CheckpointError.Code? {
        let folder = try TemporaryFolder()
        return code { _ = try builder.open(folder) }
    }

    @Test(arguments: [
        ("llama", "llama", "LlamaForCausalLM"), ("qwen2", "qwen2", "Qwen2ForCausalLM"),
        ("qwen3", "qwen3", "Qwen3ForCausalLM"), ("gemma3", "gemma3_text", "Gemma3ForCausalLM"),
    ])
    func settingsOfEachFamily(architecture: String, type: String, name: String) throws {
        let folder = try TemporaryFolder()
        let model = try GGUFBuilder.model(architecture).open(folder)
        let json = try Self.object(model.files["config.json"])
        #expect(model.config.modelType == type && model.config.architectures == [name])
        let integers = [
            "vocab_size": 6, "hidden_size": 4, "intermediate_size": 6, "num_hidden_layers": 1, "num_attention_heads": 2,
            "num_key_value_heads": 1, "head_dim": 4, "max_position_embeddings": 64, "eos_token_id": 0,
        ]
        for (key, value) in integers { #expect(json[key] == .integer(value), "\(key)") }
        #expect(json["rms_norm_eps"] == .number(1e-5) && json["rope_theta"] == .number(10_000))
        #expect(json["tie_word_embeddings"] == .bool(true) && json["bos_token_id"] == nil)
        #expect(json["layer_types"] == (architecture == "gemma3" ? .array([.string("sliding_attention")]) : nil))
        #expect(model.checkpoint.notes.isEmpty && model.checkpoint.unsupported.isEmpty)
        let names = model.checkpoint.tensors.map(\.name)
        #expect(names.contains("model.layers.0.post_attention_layernorm.weight"))
        #expect(names.contains("model.layers.0.self_attn.q_norm.weight") == ["qwen3", "gemma3"].contains(architecture))
        #expect(names.contains("model.layers.0.pre_feedforward_layernorm.weight") == (architecture == "gemma3"))
    }

    @Test func aWindowMakesMistralOfLlama() throws {
        let folder = try TemporaryFolder()
        let model = try GGUFBuilder.model().with("llama.attention.sliding_window", .uint32(8)).open(folder)
        #expect(model.config.modelType == "mistral" && model.config.json["sliding_window"] == .integer(8))
    }

    @Test func aHeadOfItsOwnIsNotTied() throws {
        let folder = try TemporaryFolder()
        let model = try GGUFBuilder.model().with(GGUFBuilder.counted("output.weight", [6, 4])).open(folder)
        #expect(model.config.json["tie_word_embeddings"] == .bool(false))
        #expect(model.checkpoint["lm_head.weight"]?.shape == [6, 4])
    }

    @Test func biasesAreNamedAndDeclared() throws {
        let folder = try TemporaryFolder()
        let model = try GGUFBuilder.model().with(GGUFBuilder.counted("blk.0.attn_q.bias", [8])).open(folder)
        #expect(model.config.json["attention_bias"] == .bool(true))
        #expect(
            try model.checkpoint.floats("model.layers.0.self_attn.q_proj.bias").map { Int($0 * 8) }
                == [0, 2, 1, 3, 4, 6, 5, 7])
    }

    @Test func tensorsWithoutACounterpartKeepTheirNames() throws {
        let folder = try TemporaryFolder()
        let model = try GGUFBuilder.model().with(GGUFBuilder.counted("blk.00.attn_q.weight", [8, 4])).open(folder)
        #expect(model.checkpoint["blk.00.attn_q.weight"] != nil)
        #expect(model.checkpoint.notes.count == 1 && model.checkpoint.notes[0].contains("blk.00.attn_q.weight"))
    }

    @Test func scalingByAFactor() throws {
        let folder = try TemporaryFolder()
        let model = try GGUFBuilder.model().with("llama.rope.scaling.type", .string("linear"))
            .with("llama.rope.scaling.factor", .float32(4)).open(folder)
        let scaling = model.config.json["rope_scaling"]?.objectValue
        #expect(scaling?["rope_type"] == .string("linear") && scaling?["factor"] == .number(4))
    }

    /// The divisors of Llama 3.1 with heads of four columns: 1 for the fast one, and for the slow one, of base 500,000,
    /// whose wavelength of 4,443 tokens lies between 2,048 and 8,192, what transformers computes.
    @Test func divisorsOfFrequenciesAreRecognised() throws {
        let folder = try TemporaryFolder()
        let divisors = GGUFBuilder.Tensor(
            name: "rope_freqs.weight", shape: [2], data: Fixture.bytes([1, 2.694_53] as [Float]))
        let model = try GGUFBuilder.model().with("llama.rope.freq_base", .float32(500_000)).with(divisors).open(folder)
        let scaling = model.config.json["rope_scaling"]?.objectValue
        #expect(scaling?["rope_type"] == .string("llama3") && scaling?["factor"] == .number(8))
        #expect(model.checkpoint["rope_freqs.weight"] == nil)
    }

    @Test func architecturesThatAreNotSupportedAreRefusedByName() throws {
        #expect(try Self.refusal(.model("falcon")) == .ggufArchitecture)
        #expect(try Self.refusal(GGUFBuilder.model().with("llama.expert_count", .uint32(8))) == .ggufArchitecture)
    }

    @Test func onePartOfSeveralIsRefused() throws {
        #expect(try Self.refusal(GGUFBuilder.model().with("split.count", .uint16(2))) == .ggufPart)
    }

    @Test(
        arguments: [
            ("llama.block_count", nil), ("llama.block_count", .uint32(0)), ("llama.context_length", .string("64")),
            ("llama.attention.layer_norm_rms_epsilon", .float32(.nan)),
            ("llama.attention.head_count", .array([.uint32(2)])),
            ("tokenizer.ggml.eos_token_id", .uint32(6)), ("tokenizer.ggml.token_type", .array([.int32(9)])),
            ("tokenizer.ggml.tokens", nil), ("general.architecture", nil), ("tokenizer.ggml.add_bos_token", .uint8(1)),
        ] as [(String, GGUFValue?)])
    func metadataOfAnotherKindAreRefused(key: String, value: GGUFValue?) throws {
        #expect(try Self.refusal(GGUFBuilder.model().with(key, value)) == .ggufMetadata)
    }

    @Test(
        arguments: [
            ("llama.rope.dimension_count", .uint32(2)), ("llama.attention.value_length", .uint32(8)),
            ("llama.rope.scaling.type", .string("longrope")),
        ] as [(String, GGUFValue)])
    func positionsThatCannotBeExpressedAreRefused(key: String, value: GGUFValue) throws {
        #expect(try Self.refusal(GGUFBuilder.model().with(key, value)) == .ggufPositions)
        let divisors = GGUFBuilder.Tensor(
            name: "rope_freqs.weight", shape: [2], data: Fixture.bytes([1, 3] as [Float]))
        #expect(try Self.refusal(GGUFBuilder.model().with(divisors)) == .ggufPositions)
    }

    @Test(
        arguments: [
            ("llama.embedding_length", 8), ("llama.vocab_size", 7), ("llama.block_count", 2),
            ("llama.attention.head_count", 3),
        ] as [(String, UInt32)])
    func sizesMustAgreeWithTensors(key: String, value: UInt32) throws {
        #expect(try Self.refusal(GGUFBuilder.model().with(key, .uint32(value))) == .ggufShape)
    }

    @Test func twoTensorsOfOneNameInTransformersAreRefused() throws {
        let builder = GGUFBuilder.model().with(GGUFBuilder.counted("model.embed_tokens.weight", [6, 4]))
        #expect(try Self.refusal(builder) == .ggufDuplicateTensor)
    }
}
