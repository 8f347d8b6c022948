import Kernels
import StrictJSON
import Testing
import Tokenizers

@testable import Transformers

/// A model runs only with a tokenizer whose every output has embedding rows.
@Suite struct TokenizerMatchTests {
    /// A WordPiece tokenizer with that many tokens, and special tokens as the template says.
    static func tokenizer(words: Int, special: Int = 1, pairType: Int = 1) throws -> any Tokenizer {
        let tokens = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"] + (5..<words).map { "w\($0)" }
        let vocabulary = tokens.enumerated().map { "\"\($1)\": \($0)" }.joined(separator: ", ")
        let frame = [String](repeating: #"{"SpecialToken": {"id": "[CLS]", "type_id": 0}}"#, count: special)
        let single = frame + [#"{"Sequence": {"id": "A", "type_id": 0}}"#]
        let pair = single + [#"{"Sequence": {"id": "B", "type_id": \#(pairType)}}"#]
        let json = """
            {"added_tokens": [], "normalizer": {"type": "BertNormalizer", "clean_text": true,
             "handle_chinese_chars": true, "strip_accents": null, "lowercase": true},
             "pre_tokenizer": {"type": "BertPreTokenizer"},
             "post_processor": {"type": "TemplateProcessing", "single": [\(single.joined(separator: ", "))],
              "pair": [\(pair.joined(separator: ", "))],
              "special_tokens": {"[CLS]": {"id": "[CLS]", "ids": [2], "tokens": ["[CLS]"]}}},
             "model": {"type": "WordPiece", "unk_token": "[UNK]", "continuing_subword_prefix": "##",
              "max_input_chars_per_word": 100, "vocab": {\(vocabulary)}}}
            """
        let config = #"{"tokenizer_class": "TokenizersBackend", "model_input_names": ["input_ids", "token_type_ids"]}"#
        return try TokenizerLoader.load(
            TokenizerFiles(
                folderName: "tiny", tokenizerJSON: Array(json.utf8), tokenizerConfig: Array(config.utf8),
                modelType: "bert"))
    }

    @Test func `a tokenizer that fits is accepted`() throws {
        let tiny = try TinyModel()
        let model = try tiny.classifier()
        try model.architecture.check(Self.tokenizer(words: 40), folder: "tiny")
        try model.architecture.check(Self.tokenizer(words: 30, special: 24), folder: "tiny")
    }

    @Test(arguments: [(41, 1, 1), (40, 1, 2), (40, 25, 1), (40, 0, 1)])
    func `ids, segments or special tokens beyond the model's are refused`(
        words: Int, special: Int, pairType: Int
    ) throws {
        let tiny = try TinyModel()
        let model = try tiny.classifier()
        let tokenizer = try Self.tokenizer(words: words, special: special, pairType: pairType)
        let error = #expect(throws: ModelError.self) { try model.architecture.check(tokenizer, folder: "tiny") }
        #expect(error?.code == .tokenizerMismatch && error?.file == "tiny")
    }

    @Test func `the default length is the smaller of the tokenizer's and the positions`() throws {
        let tiny = try TinyModel()
        #expect(try tiny.classifier().architecture.defaultMaxLength(Self.tokenizer(words: 40)) == 24)
    }
}
