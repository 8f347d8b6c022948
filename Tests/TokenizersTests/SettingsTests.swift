import Testing

@testable import Tokenizers

@Suite("What tokenizer_config.json decides")
struct SettingsTests {
    private func load(_ config: String?, modelType: String? = "bert") throws -> any Tokenizer {
        var files = try SmallTokenizer().files(config: config)
        files.modelType = modelType
        return try TokenizerLoader.load(files)
    }

    @Test(
        "Segment ids, as the class that transformers makes",
        arguments: [
            (#"{"tokenizer_class": "BertTokenizer"}"#, "bert", true),
            (#"{"tokenizer_class": "BertTokenizerFast"}"#, "bert", true),
            (#"{"tokenizer_class": "ElectraTokenizerFast"}"#, "electra", true),
            (#"{"tokenizer_class": "TokenizersBackend"}"#, "bert", false),
            (#"{"tokenizer_class": "PreTrainedTokenizerFast"}"#, "bert", false),
            (#"{"tokenizer_class": "DistilBertTokenizer"}"#, "distilbert", false),
            (#"{"tokenizer_class": "MPNetTokenizer"}"#, "mpnet", false),
            (#"{"tokenizer_class": "Unheard"}"#, "bert", false),
            (#"{}"#, "bert", true),
            (#"{}"#, "mpnet", false),
            (
                #"{"tokenizer_class": "TokenizersBackend", "model_input_names": ["input_ids", "token_type_ids"]}"#,
                "bert", true
            ),
            (#"{"tokenizer_class": "BertTokenizer", "model_input_names": ["input_ids"]}"#, "bert", false),
        ])
    func typeIDs(_ config: String, _ modelType: String, _ expected: Bool) throws {
        let tokenizer = try load(config, modelType: modelType)
        #expect(tokenizer.usesTypeIDs == expected)
        #expect(tokenizer.typeIDCount == (expected ? 2 : 1))
        let encoding = tokenizer.encode("a", pair: "b", maxLength: 8)
        #expect(encoding.ids == [2, 9, 3, 11, 3])
        #expect(encoding.typeIDs == (expected ? [0, 0, 0, 1, 1] : [0, 0, 0, 0, 0]))
    }

    @Test(
        "The longest input",
        arguments: [
            (#"{"model_max_length": 512}"#, 512), (#"{"model_max_length": 512.0}"#, 512),
            (#"{"model_max_length": 1000000000000000019884624838656}"#, nil), (#"{}"#, nil),
        ] as [(String, Int?)])
    func maxLength(_ config: String, _ expected: Int?) throws {
        #expect(try load(config).maxLength == expected)
        var tokenizer = try SmallTokenizer()
        try tokenizer.set("truncation", #"{"max_length": 48, "direction": "Right", "stride": 0}"#)
        #expect(try TokenizerLoader.load(tokenizer.files(config: config)).maxLength == expected ?? 48)
    }

    @Test("BertTokenizer follows tokenizer_config.json and says where tokenizer.json differs")
    func bertTokenizer() throws {
        let same = try load(#"{"tokenizer_class": "BertTokenizer", "strip_accents": false}"#)
        #expect(same.notes.isEmpty)
        #expect(same.pieces("A É") == [9, 15])
        let cased = try load(#"{"tokenizer_class": "BertTokenizer", "do_lower_case": false, "strip_accents": false}"#)
        #expect(cased.pieces("A É") == [1, 1])
        #expect(cased.notes.count == 1)
        #expect(cased.notes.allSatisfy { $0.contains("normalizer") && $0.contains("tokenizer_config.json") })
        let backend = try load(#"{"tokenizer_class": "TokenizersBackend", "do_lower_case": false}"#)
        #expect(backend.pieces("A É") == [9, 15])
        #expect(backend.notes.isEmpty)
    }

    @Test("A vocab.txt that contradicts tokenizer.json is noted and not used")
    func vocabularyText() throws {
        var files = try SmallTokenizer().files()
        files.vocabularyText = SmallTokenizer.vocabularyText()
        #expect(try TokenizerLoader.load(files).notes.isEmpty)
        var swapped = SmallTokenizer.tokens
        swapped.swapAt(6, 7)
        files.vocabularyText = SmallTokenizer.vocabularyText(swapped)
        let tokenizer = try TokenizerLoader.load(files)
        #expect(tokenizer.id(of: "the") == 6)
        #expect(tokenizer.notes.count == 1)
        #expect(tokenizer.notes.first?.contains("2 tokens") ?? false)
    }

    @Test("Special tokens named in special_tokens_map.json")
    func specialTokensMap() throws {
        var files = TokenizerFiles(folderName: "small", vocabularyText: SmallTokenizer.vocabularyText())
        files.specialTokensMap = Array(
            #"{"sep_token": "b", "cls_token": {"content": "a", "lstrip": false}, "bos_token": "<s>"}"#.utf8)
        let tokenizer = try TokenizerLoader.load(files)
        #expect(tokenizer.encode("the", pair: "film", maxLength: 8).ids == [9, 6, 11, 7, 11])
        #expect(tokenizer.specialIDs == [0, 1, 4, 9, 11, 20])
        #expect(tokenizer.id(of: "<s>") == 20)
        #expect(tokenizer.vocabularySize == 21)
        #expect(tokenizer.notes.contains { $0.contains("<s>") })
    }

    @Test("Tokens of added_tokens.json follow the vocabulary")
    func addedTokens() throws {
        var files = TokenizerFiles(folderName: "small", vocabularyText: SmallTokenizer.vocabularyText())
        files.addedTokens = Array(#"{"<new>": 20}"#.utf8)
        let tokenizer = try TokenizerLoader.load(files)
        #expect(tokenizer.vocabularySize == 21)
        #expect(tokenizer.pieces("a<NEW>b") == [9, 20, 11])
        #expect(tokenizer.insertableText(for: 20) == "<new>")
    }
}
