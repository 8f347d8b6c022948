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
        Change("unknown normalizer", .unsupportedComponent, "\"Replace\" is not supported; supported: BertNormalizer") {
            try $0.set("normalizer", #"{"type": "Replace", "pattern": {"Regex": "(a+)+"}, "content": ""}"#)
        },
        Change("unknown pre-tokenizer", .unsupportedComponent, "\"Split\"") {
            try $0.set("pre_tokenizer", #"{"type": "Split"}"#)
        },
        Change("unknown post-processor", .unsupportedComponent, "\"Sequence\"") {
            try $0.set("post_processor", #"{"type": "Sequence", "processors": []}"#)
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
            "[]", #"{"tokenizer_class": 1}"#, #"{"model_max_length": 0}"#, #"{"truncation_side": "up"}"#,
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
