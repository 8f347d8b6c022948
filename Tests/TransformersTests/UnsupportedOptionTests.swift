import Checkpoints
import Foundation
import StrictJSON
import Testing

@testable import Transformers

/// What a config may ask for and Assay does not compute is refused by name.
@Suite struct UnsupportedOptionTests {
    /// A config of the fixture with one entry changed, read as a classifier.
    static func refusal(_ model: String, _ key: String, _ value: JSONValue) throws -> ModelError? {
        let file = URL(filePath: Fixtures.path(model) + "/config.json")
        var json = try #require(try JSONValue(parsing: [UInt8](Data(contentsOf: file))).objectValue)
        json[key] = value
        let config = try ModelConfig(parsing: JSONValue.object(json).serialized())
        return #expect(throws: ModelError.self) { try Architectures.make(config, labels: 2) }
    }

    @Test(
        arguments: [
            ("bert", "is_decoder", .bool(true)), ("albert", "position_embedding_type", .string("relative_key")),
            ("roberta", "hidden_act", .string("quick_gelu")), ("distilbert", "activation", .string("mish")),
            ("mpnet", "relative_attention_num_buckets", .integer(8)), ("deberta-v2", "conv_kernel_size", .integer(3)),
            ("deberta-v2", "pos_att_type", .string("c2p|p2p")), ("deberta-v2", "norm_rel_ebd", .string("batch_norm")),
            ("deberta-v2", "attention_head_size", .integer(5)), ("deberta-v2", "pooler_hidden_size", .integer(5)),
            ("modernbert", "classifier_pooling", .string("max")), ("gpt2", "add_cross_attention", .bool(true)),
            ("llama", "rope_parameters", rotary("yarn")), ("llama", "rope_parameters", rotary("longrope")),
            ("llama", "partial_rotary_factor", .number(0.5)), ("llama", "head_dim", .integer(7)),
            ("llama", "num_key_value_heads", .integer(3)),
            ("qwen2", "layer_types", .array([.string("linear_attention"), .string("full_attention")])),
            ("qwen3", "layer_types", .array([.string("sliding_attention"), .string("full_attention")])),
            ("mistral", "hidden_act", .string("relu6")),
        ] as [(String, String, JSONValue)])
    func `one sentence names it and what is supported`(model: String, key: String, value: JSONValue) throws {
        let error = try Self.refusal(model, key, value)
        #expect(error?.description.contains("\n") == false && error?.file == "config.json")
    }

    @Test(
        arguments: [
            ("attn_logit_softcapping", .number(50)), ("final_logit_softcapping", .number(30)),
            ("use_bidirectional_attention", .bool(true)), ("hidden_activation", .string("relu6")),
            ("query_pre_attn_scalar", .integer(0)),
        ] as [(String, JSONValue)])
    func `what Gemma 3 may ask for and is not computed is refused`(key: String, value: JSONValue) throws {
        var json = try Fixtures.folder("gemma3-causal").config.json
        json[key] = value
        let config = try ModelConfig(parsing: JSONValue.object(json).serialized())
        let error = #expect(throws: (any Error).self) { try Architectures.makeLanguageModel(config) }
        #expect(error.map { "\($0)".contains(key) } == true)
    }

    private static func rotary(_ type: String) -> JSONValue {
        var object = JSONObject()
        object["rope_type"] = .string(type)
        object["rope_theta"] = .number(10_000)
        object["factor"] = .number(2)
        return .object(object)
    }

    @Test func `the list of what runs is complete`() throws {
        let config = try ModelConfig(parsing: Array(#"{"model_type": "t5"}"#.utf8))
        let error = #expect(throws: ModelError.self) { try Architectures.make(config, labels: 2) }
        for type in [
            "bert", "distilbert", "electra", "albert", "roberta", "xlm-roberta", "mpnet", "deberta-v2", "modernbert",
            "gpt2", "llama", "mistral", "qwen2", "qwen3",
        ] { #expect(error?.detail.contains(type) == true) }
        let causal = #expect(throws: ModelError.self) { try Architectures.makeLanguageModel(config) }
        #expect(causal?.detail.contains("gpt2, llama, mistral, qwen2, qwen3") == true)
    }
}
