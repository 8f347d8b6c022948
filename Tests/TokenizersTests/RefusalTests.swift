import Testing

@testable import Tokenizers

@Suite("Tokenizers that are refused, each by its rule")
struct RefusalTests {
    /// A change of the small tokenizer and the rule it breaks.
    struct Change: CustomTestStringConvertible, Sendable {
        let name: String
        let code: TokenizerError.Code
        /// Words that the message must have.
        let mentions: String
        let make: @Sendable (inout SmallTokenizer) throws -> Void
        var testDescription: String { name }

        init(
            _ name: String, _ code: TokenizerError.Code, _ mentions: String,
            _ make: @escaping @Sendable (inout SmallTokenizer) throws -> Void
        ) {
            (self.name, self.code, self.mentions, self.make) = (name, code, mentions, make)
        }
    }

    static let changes: [Change] = [
        Change(
            "unknown normalizer", .unsupportedComponent, "\"Upper\" is not supported; supported: BertNormalizer, Byte"
        ) {
            try $0.set("normalizer", #"{"type": "Upper"}"#)
        },
        Change("unknown expression to replace", .unsupportedComponent, "\"(a+)+\" of normalizer.normalizers[0]") {
            try $0.set(
                "normalizer",
                #"{"type": "Sequence", "normalizers": [{"type": "Replace", "pattern": {"Regex": "(a+)+"}, "content": ""}]}"#
            )
        },
        Change("nothing to replace", .invalidField, "String must have") {
            try $0.set("normalizer", #"{"type": "Replace", "pattern": {"String": ""}, "content": "x"}"#)
        },
        Change("nothing to prepend", .invalidField, "prepend must not be empty; remove the step") {
            try $0.set("normalizer", #"{"type": "Prepend", "prepend": ""}"#)
        },
        Change("text that swells", .invalidField, "content must have at most 64 bytes") {
            let long = String(repeating: "x", count: 65)
            try $0.set(
                "normalizer", "{\"type\": \"Replace\", \"pattern\": {\"String\": \"a\"}, \"content\": \"\(long)\"}")
        },
        Change("map that is not base64", .invalidField, "base64") {
            try $0.set("normalizer", #"{"type": "Precompiled", "precompiled_charsmap": "?"}"#)
        },
        Change("map that is cut short", .invalidField, "must hold an array") {
            try $0.set("normalizer", #"{"type": "Precompiled", "precompiled_charsmap": "////fwAA"}"#)
        },
        Change("endless normalizer", .tooLarge, "64 steps") {
            let step = #"{"type": "Nmt"}"#
            try $0.set(
                "normalizer",
                "{\"type\": \"Sequence\", \"normalizers\": [\(Array(repeating: step, count: 65).joined(separator: ","))]}"
            )
        },
        Change("unknown pre-tokenizer", .unsupportedComponent, "\"UnicodeScripts\"") {
            try $0.set("pre_tokenizer", #"{"type": "UnicodeScripts"}"#)
        },
        Change("unknown expression to split at", .unsupportedComponent, "supported: GPT-2, Llama 3") {
            try $0.set(
                "pre_tokenizer",
                #"{"type": "Split", "pattern": {"Regex": "(a|a)*b"}, "behavior": "Isolated", "invert": false}"#)
        },
        Change("unknown behavior", .invalidField, "must be one of Removed, Isolated") {
            try $0.set(
                "pre_tokenizer",
                #"{"type": "Split", "pattern": {"String": "a"}, "behavior": "Kept", "invert": false}"#)
        },
        Change("metaspace that contradicts itself", .invalidField, "contradicts prepend_scheme") {
            try $0.set(
                "pre_tokenizer",
                #"{"type": "Metaspace", "replacement": "_", "prepend_scheme": "first", "add_prefix_space": false}"#)
        },
        Change("metaspace of an older version", .invalidField, "set prepend_scheme to never") {
            try $0.set("pre_tokenizer", #"{"type": "Metaspace", "replacement": "_", "add_prefix_space": false}"#)
        },
        Change("unknown post-processor", .unsupportedComponent, "\"Own\"") {
            try $0.set("post_processor", #"{"type": "Own"}"#)
        },
        Change("two templates", .unsupportedComponent, "more than once") {
            let template = #"{"type": "BertProcessing", "cls": ["[CLS]", 2], "sep": ["[SEP]", 3]}"#
            try $0.set("post_processor", "{\"type\": \"Sequence\", \"processors\": [\(template), \(template)]}")
        },
        Change("random merges", .unsupportedComponent, "dropout") {
            try $0.set("model", #"{"type": "BPE", "dropout": 0.1, "vocab": {"a": 0}, "merges": []}"#)
        },
        Change("merge without its token", .inconsistentMerge, "\"a\" and \"b\"") {
            try $0.setAlone(model: #"{"type": "BPE", "vocab": {"a": 0, "b": 2}, "merges": ["a b"]}"#)
        },
        Change("merge of three", .invalidField, "merges must have two tokens at place 0") {
            try $0.set("model", #"{"type": "BPE", "vocab": {"a": 0}, "merges": ["a b c"]}"#)
        },
        Change("unigram without unknown token", .missingSpecialToken, "unk_id") {
            try $0.setAlone(model: #"{"type": "Unigram", "vocab": [["a", -1.5]]}"#)
        },
        Change("unigram without a score", .invalidField, "at place 1") {
            try $0.set("model", #"{"type": "Unigram", "unk_id": 0, "vocab": [["a", -1.5], ["b"]]}"#)
        },
        Change("long token", .tooLarge, "4096") {
            try $0.set("model.vocab", "{\"[UNK]\": 0, \"\(String(repeating: "x", count: 4097))\": 1}")
        },
        Change("unknown model", .unsupportedComponent, "\"WordLevel\"") { try $0.set("model.type", "\"WordLevel\"") },
        Change("wrong version", .invalidField, "version") { try $0.set("version", "\"2.0\"") },
        Change("no model", .invalidField, "model must be") { try $0.set("model", nil) },
        Change("no vocabulary", .invalidField, "model.vocab") { try $0.set("model.vocab", nil) },
        Change("id as text", .invalidField, "model.vocab") { try $0.set("model.vocab", #"{"[UNK]": "1"}"#) },
        Change("fractional id", .invalidField, "model.vocab") { try $0.set("model.vocab", #"{"[UNK]": 1.5}"#) },
        Change("negative id", .invalidField, "negative") { try $0.set("model.vocab", #"{"[UNK]": -1}"#) },
        Change("huge id", .invalidField, "too large") { try $0.set("model.vocab", #"{"[UNK]": 4294967296}"#) },
        Change("two tokens, one id", .duplicateID, "id 1") { try $0.set("model.vocab", #"{"[UNK]": 1, "a": 1}"#) },
        Change("scattered ids", .sparseIDs, "900000") { try $0.set("model.vocab", #"{"[UNK]": 1, "a": 900000}"#) },
        Change("empty vocabulary", .missingSpecialToken, "[UNK]") {
            try $0.set("model.vocab", "{}")
            try $0.set("added_tokens", "[]")
            try $0.set("post_processor", nil)
        },
        Change("no unknown token", .missingSpecialToken, "[NONE]") { try $0.set("model.unk_token", "\"[NONE]\"") },
        Change("endless words", .invalidField, "max_input_chars_per_word") {
            try $0.set("model.max_input_chars_per_word", "9223372036854775807")
        },
        Change("added token with the id of another", .inconsistentAddedToken, "\"film\"") {
            try $0.append(addedToken: SmallTokenizer.added("film", id: 8))
        },
        Change("added token that leaves a gap", .inconsistentAddedToken, "\"new\"") {
            try $0.append(addedToken: SmallTokenizer.added("new", id: 99))
        },
        Change("added token twice", .inconsistentAddedToken, "twice") {
            try $0.append(addedToken: SmallTokenizer.added("new", id: 20))
            try $0.append(addedToken: SmallTokenizer.added("new", id: 20))
        },
        Change("added token that follows into a hole's neighbour", .duplicateID, "id 2") {
            try $0.set("model.vocab", #"{"[UNK]": 1, "a": 2}"#)
            try $0.set("added_tokens", "[]")
            try $0.append(addedToken: SmallTokenizer.added("new", id: 2))
        },
        Change("empty added token", .inconsistentAddedToken, "empty") {
            try $0.append(addedToken: SmallTokenizer.added("", id: 20))
        },
        Change("long added token", .inconsistentAddedToken, "1024") {
            try $0.append(addedToken: SmallTokenizer.added(String(repeating: "x", count: 1025), id: 20))
        },
        Change("added tokens equal once normalized", .inconsistentAddedToken, "normalized") {
            try $0.append(addedToken: SmallTokenizer.added("New", id: 20))
            try $0.append(addedToken: SmallTokenizer.added("new", id: 21))
        },
        Change("added token without an id", .invalidField, "added_tokens[5].id") {
            try $0.append(addedToken: #"{"content": "x"}"#)
        },
        Change("template with another id", .inconsistentTemplate, "[CLS]") {
            try $0.set("post_processor.cls", #"["[CLS]", 7]"#)
        },
        Change("template without a text", .inconsistentTemplate, "text A") {
            try $0.set("post_processor", #"{"type": "TemplateProcessing", "single": [], "pair": []}"#)
        },
        Change("template with an unlisted token", .inconsistentTemplate, "[XYZ]") {
            try $0.set(
                "post_processor",
                #"{"type": "TemplateProcessing", "single": [{"SpecialToken": {"id": "[XYZ]", "type_id": 0}}]}"#)
        },
        Change("template with a segment out of range", .invalidField, "type_id") {
            try $0.set(
                "post_processor",
                #"{"type": "TemplateProcessing", "single": [{"Sequence": {"id": "A", "type_id": -1}}]}"#)
        },
        Change("template with endless special tokens", .invalidField, "more than 64 special tokens") {
            let token = #"{"SpecialToken": {"id": "[CLS]", "type_id": 0}}"#
            try $0.set(
                "post_processor",
                #"{"type": "TemplateProcessing", "single": [\#([String](repeating: token, count: 65).joined(separator: ","))"#
                    + #", {"Sequence": {"id": "A", "type_id": 0}}], "pair": [], "special_tokens": {"[CLS]": {"id": "[CLS]", "#
                    + #""ids": [2], "tokens": ["[CLS]"]}}}"#)
        },
        Change("truncation to a negative length", .invalidField, "truncation.max_length") {
            try $0.set("truncation", #"{"max_length": -1}"#)
        },
    ]

    @Test("tokenizer.json", arguments: changes)
    func tokenizerJSON(_ change: Change) throws {
        var tokenizer = try SmallTokenizer()
        try change.make(&tokenizer)
        let error = #expect(throws: TokenizerError.self) { try TokenizerLoader.load(tokenizer.files()) }
        #expect(error?.code == change.code)
        #expect(error?.file == "small/tokenizer.json")
        #expect(error?.description.contains(change.mentions) ?? false, "\(error?.description ?? "")")
    }

    @Test(
        "tokenizer_config.json",
        arguments: [
            "[]", #"{"fast_tokenizer_files": ["tokenizer.4.0.0.json"]}"#, #"{"tokenizer_class": 1}"#,
            #"{"model_max_length": 0}"#, #"{"truncation_side": "up"}"#,
            #"{"cls_token": 5}"#, #"{"added_tokens_decoder": {"x": {"content": "a"}}}"#, #"{"do_lower_case": "no"}"#,
        ])
    func configuration(_ config: String) throws {
        let error = #expect(throws: TokenizerError.self) {
            try TokenizerLoader.load(try SmallTokenizer().files(config: config))
        }
        #expect(error?.code == .invalidField)
        #expect(error?.file == "small/tokenizer_config.json")
    }

    @Test("Files that are not what they should be")
    func files() throws {
        func code(_ files: TokenizerFiles) -> TokenizerError.Code? {
            #expect(throws: TokenizerError.self) { try TokenizerLoader.load(files) }?.code
        }
        #expect(code(TokenizerFiles(folderName: "f")) == .missingFile)
        #expect(code(TokenizerFiles(folderName: "f", tokenizerJSON: Array("{".utf8))) == .malformedJSON)
        #expect(code(TokenizerFiles(folderName: "f", tokenizerJSON: Array(#"{"a":1,"a":2}"#.utf8))) == .malformedJSON)
        #expect(code(TokenizerFiles(folderName: "f", vocabularyText: [0x61, 0x0A, 0xFF, 0x0A])) == .invalidUTF8)
        #expect(code(TokenizerFiles(folderName: "f", vocabularyText: [])) == .missingSpecialToken)
        let twice = SmallTokenizer.vocabularyText(["[UNK]", "[CLS]", "[SEP]", "a", "a \t"])
        #expect(code(TokenizerFiles(folderName: "f", vocabularyText: twice)) == .duplicateToken)
        let large = [UInt8](repeating: 0x61, count: (64 << 20) + 1)
        #expect(code(TokenizerFiles(folderName: "f", vocabularyText: large)) == .tooLarge)
        var noSeparator = TokenizerFiles(
            folderName: "f", vocabularyText: SmallTokenizer.vocabularyText(["[UNK]", "[CLS]"]))
        #expect(throws: Never.self) { try TokenizerLoader.load(noSeparator).notes.count == 1 }
        noSeparator.tokenizerConfig = Array(#"{"sep_token": null}"#.utf8)
        #expect(code(noSeparator) == .missingSpecialToken)
    }

    @Test("Messages show hostile token text harmlessly")
    func messages() {
        #expect(quoted("a\u{1B}[31m\u{202E}") == "\"a<U+1B>[31m<U+202E>\"")
        #expect(quoted(String(repeating: "x", count: 50)) == "\"" + String(repeating: "x", count: 40) + "…\"")
    }
}
