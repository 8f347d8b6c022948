import Checkpoints
import Datasets
import Foundation
import Kernels
import Sentences
import StrictJSON
import Tensors
import Tokenizers
import Transformers

@testable import Lab

/// A tiny Llama with random weights, prompts with responses, and folders for what the lab makes of them.
final class TinyLanguageLab {
    let path: String

    init() throws {
        path = FileManager.default.temporaryDirectory.appendingPathComponent("language-\(UUID().uuidString)").path
        for folder in ["base", "made"] {
            try FileManager.default.createDirectory(atPath: "\(path)/\(folder)", withIntermediateDirectories: true)
        }
        try writeBase()
        let lines = TinyLab.train.prefix(120).map { row in
            var json = JSONObject()
            json["prompt"] = .string(row.text)
            json["response"] = .string(row.label == 0 ? "good" : "bad")
            return JSONValue.object(json).serialized() + [0x0A]
        }
        try Data(lines.flatMap(\.self)).write(to: URL(filePath: path + "/pairs.jsonl"))
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    private func writeBase() throws {
        var json = JSONObject()
        json["architectures"] = .array([.string("LlamaForCausalLM")])
        json["model_type"] = .string("llama")
        for (key, value) in [
            ("vocab_size", TinyLab.vocabulary.count), ("hidden_size", 32), ("num_hidden_layers", 2),
            ("num_attention_heads", 2), ("intermediate_size", 48), ("max_position_embeddings", 64),
        ] { json[key] = .integer(value) }
        json["hidden_act"] = .string("silu")
        json["tie_word_embeddings"] = .bool(true)
        json["torch_dtype"] = .string("float16")
        let config = JSONValue.object(json).serialized()
        let causal = try Architectures.makeLanguageModel(ModelConfig(parsing: config))
        let parameters = Parameters(layout: causal.layout)
        for parameter in causal.layout.parameters { parameters.initialize(parameter, deviation: 0.1, seed: 2) }
        let files = [
            ("config.json", config), ("tokenizer.json", SampleLanguage.tokenizerJSON(vocabulary: TinyLab.vocabulary)),
            ("tokenizer_config.json", SampleLanguage.tokenizerConfigJSON()),
            ("chat_template.jinja", Array("{{ messages }}".utf8)),
        ]
        try ModelFolderWriter(path: path + "/base", files: files)
            .write(parameters) { causal.checkpointNames(of: $0).first }
    }

    func recipe(_ lesson: LanguageRecipe.Lesson, rank: Int?) -> LanguageRecipe {
        var recipe = LanguageRecipe(base: path + "/base", data: path + "/pairs.jsonl", version: "test")
        recipe.lesson = lesson
        recipe.adapters = rank.map { LowRankSettings(rank: $0, alpha: Double(2 * $0)) }
        recipe.heldOut = 20
        recipe.maxLength = 48
        recipe.settings.learningRate = 1e-2
        recipe.settings.seed = 5
        return recipe
    }

    func run(_ recipe: LanguageRecipe) throws -> LanguageLabRun {
        try LanguageLabRun(recipe) { SeparatedEncoder(tokenizer: $0) }
    }
}

/// Turns between separators, for a tokenizer without the marks of a chat template.
struct SeparatedEncoder: PromptEncoder {
    let tokenizer: any Tokenizer

    private var separator: Int32 { Int32(tokenizer.id(of: "[SEP]") ?? 0) }
    var endIDs: Set<Int32> { [separator] }

    func prompt(_ messages: [PromptMessage]) -> [Int32] {
        messages.flatMap { tokenizer.pieces($0.content) + [separator] }
    }
    func opening(_ text: String) -> [Int32] { tokenizer.pieces(text) }
    func response(_ text: String) -> [Int32] { tokenizer.pieces(text) + [separator] }
}
