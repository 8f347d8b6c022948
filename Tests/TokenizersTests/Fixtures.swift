import Foundation
import StrictJSON
import Testing

@testable import Tokenizers

/// Files under `Tests/Fixtures`.
enum Fixtures {
    static func bytes(_ path: String) throws -> [UInt8] {
        let tests = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        return Array(try Data(contentsOf: tests.appending(path: "Fixtures").appending(path: path)))
    }

    static func json(_ path: String) throws -> JSONObject {
        try #require(try JSONValue(parsing: bytes(path)).objectValue)
    }

    /// The tokenizer files of a reference model.
    static func reference(_ name: String) throws -> TokenizerFiles {
        TokenizerFiles(
            folderName: name, tokenizerJSON: try bytes("reference/\(name)/tokenizer.json"),
            tokenizerConfig: try bytes("reference/\(name)/tokenizer_config.json"), modelType: "bert")
    }
}

/// A small tokenizer.json to be varied, and the vocab.txt with the same tokens.
struct SmallTokenizer {
    static let tokens = [
        "[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "[unused0]", "the", "film", "##s", "a", "##a", "b", "[", "]", "e",
        "\u{E9}", "e\u{301}", "MASK", "[unused12]", "[unusedx]",
    ]

    var root: [String: JSONValue]

    init() throws {
        let vocabulary = Self.tokens.enumerated().map { "\(Self.quoted($1)):\($0)" }.joined(separator: ",")
        let special = Self.tokens.prefix(5).enumerated().map { Self.added($1, id: $0, special: true) }
        let template = """
            {"type": "BertProcessing", "cls": ["[CLS]", 2], "sep": ["[SEP]", 3]}
            """
        root = [
            "added_tokens": .array(try special.map { try Self.value($0) }),
            "normalizer": try Self.value(
                """
                {"type": "BertNormalizer", "clean_text": true, "handle_chinese_chars": true, "strip_accents": false,
                 "lowercase": true}
                """),
            "pre_tokenizer": try Self.value(#"{"type": "BertPreTokenizer"}"#),
            "post_processor": try Self.value(template),
            "model": try Self.value(
                """
                {"type": "WordPiece", "unk_token": "[UNK]", "continuing_subword_prefix": "##",
                 "max_input_chars_per_word": 100, "vocab": {\(vocabulary)}}
                """),
        ]
    }

    static func added(_ content: String, id: Int, special: Bool = false) -> String {
        "{\"id\": \(id), \"content\": \(quoted(content)), \"special\": \(special)}"
    }

    static func value(_ text: String) throws -> JSONValue { try JSONValue(parsing: Array(text.utf8)) }

    private static func quoted(_ text: String) -> String {
        String(decoding: JSONValue.string(text).serialized(), as: UTF8.self)
    }

    /// Replaces the value at a path such as `model.vocab`; `nil` removes it.
    mutating func set(_ path: String, _ json: String?) throws {
        let keys = path.split(separator: ".").map(String.init)
        let value = try json.map(Self.value)
        guard keys.count == 2 else {
            root[path] = value
            return
        }
        var object = try #require(root[keys[0]]?.objectValue)
        object[keys[1]] = value
        root[keys[0]] = .object(object)
    }

    /// Replaces the model and removes what names its tokens.
    mutating func setAlone(model json: String) throws {
        try set("model", json)
        try set("added_tokens", nil)
        try set("post_processor", nil)
    }

    mutating func append(addedToken json: String) throws {
        root["added_tokens"] = .array((root["added_tokens"]?.arrayValue ?? []) + [try Self.value(json)])
    }

    func files(config: String? = #"{"tokenizer_class": "TokenizersBackend"}"#) -> TokenizerFiles {
        var object = JSONObject()
        for (key, value) in root { object[key] = value }
        return TokenizerFiles(
            folderName: "small", tokenizerJSON: JSONValue.object(object).serialized(),
            tokenizerConfig: config.map { Array($0.utf8) })
    }

    static func vocabularyText(_ lines: [String] = tokens) -> [UInt8] {
        lines.flatMap { Array($0.utf8) + [0x0A] }
    }
}
