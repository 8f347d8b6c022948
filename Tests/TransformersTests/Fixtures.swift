import Checkpoints
import Foundation
import Testing

/// The models under `Tests/Fixtures/reference`, which another implementation made and ran.
enum Fixtures {
    static let models = ["bert", "bert-pair-3"]
    /// One or two of each other family, with options that differ from the defaults.
    static let families = [
        "distilbert", "electra", "albert", "roberta", "xlm-roberta", "mpnet", "deberta-v2", "deberta-v2-separate",
        "modernbert", "modernbert-biased", "gpt2", "llama", "llama-rope-3", "mistral", "qwen2", "qwen3",
    ]
    static let languageModels = ["llama-causal", "gpt2-causal", "gemma3-causal"]

    static func path(_ model: String) -> String {
        URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .appending(path: "Fixtures/reference/\(model)").path
    }

    static func folder(_ model: String) throws -> ModelFolder { try ModelFolder(path: path(model)) }

    /// Runs a body on a copy of a model's folder whose `reference.json` has been edited.
    static func edited<T>(_ model: String, _ edit: (String) -> String, _ body: (ModelFolder) throws -> T) throws -> T {
        let copy = FileManager.default.temporaryDirectory.appendingPathComponent("reference-\(UUID().uuidString)")
        try FileManager.default.copyItem(atPath: path(model), toPath: copy.path)
        defer { try? FileManager.default.removeItem(at: copy) }
        let file = copy.appending(path: "reference.json")
        let text = String(decoding: try Data(contentsOf: file), as: UTF8.self)
        let changed = edit(text)
        #expect(changed != text)
        try FileManager.default.removeItem(at: file)
        try Data(changed.utf8).write(to: file)
        return try body(ModelFolder(path: copy.path))
    }
}

/// Replaces the first occurrence of a pattern.
func replacingFirst(_ text: String, _ pattern: some RegexComponent, with replacement: String) -> String {
    text.replacing(pattern, with: replacement, maxReplacements: 1)
}
