import StrictJSON
import Testing
import Tokenizers

@testable import Checkpoints

/// The tokenizer of a GGUF file as the files that a folder would have.
@Suite struct GGUFTokenizerTests {
    private static func files(_ builder: GGUFBuilder) throws -> (tokenizer: JSONObject, settings: JSONObject) {
        let folder = try TemporaryFolder()
        let model = try builder.open(folder)
        var objects: [JSONObject] = []
        for name in ["tokenizer.json", "tokenizer_config.json"] {
            let value = try JSONValue(parsing: try #require(model.files[name]))
            objects.append(try #require(value.objectValue))
        }
        return (objects[0], objects[1])
    }

    private static func refusal(_ builder: GGUFBuilder) throws -> CheckpointError.Code? {
        let folder = try TemporaryFolder()
        return code { _ = try builder.open(folder) }
    }

    /// A SentencePiece vocabulary whose scores merge "b" and "c" first.
    private static let pieces = GGUFBuilder.model().with("tokenizer.ggml.model", .string("llama"))
        .with("tokenizer.ggml.tokens", .array(["<s>", "a", "b", "c", "bc", "abc"].map { .string($0) }))
        .with("tokenizer.ggml.scores", .array([0, -5, -6, -7, -1, -2].map { .float32($0) }))
        .with("tokenizer.ggml.token_type", .array([3, 1, 1, 1, 1, 1].map { .int32($0) }))
        .with("tokenizer.ggml.bos_token_id", .uint32(0)).with("tokenizer.ggml.merges", nil)

    @Test func bytePairs() throws {
        let (tokenizer, settings) = try Self.files(.model())
        let model = try #require(tokenizer["model"]?.objectValue)
        #expect(model["vocab"]?.objectValue?.members.map(\.key) == ["<|end|>", "a", "b", "ab", "Ġ", "<think>"])
        #expect(model["merges"] == .array([.string("a b")]))
        let added = (tokenizer["added_tokens"]?.arrayValue ?? []).compactMap(\.objectValue)
        #expect(added.map { $0["content"] } == [.string("<|end|>"), .string("<think>")])
        #expect(added.map { $0["special"] } == [.bool(true), .bool(false)])
        let steps = tokenizer["pre_tokenizer"]?.objectValue?["pretokenizers"]?.arrayValue ?? []
        #expect(steps.map { $0.objectValue?["type"] } == [.string("Digits"), .string("ByteLevel")])
        #expect(tokenizer["post_processor"] == .null)
        #expect(settings["eos_token"] == .string("<|end|>") && settings["bos_token"] == nil)
        #expect(settings["chat_template"] == .string("{{ messages }}"))
    }

    @Test func aTextStartsWithTheTokenThatIsAskedFor() throws {
        for builder in [
            GGUFBuilder.model().with("tokenizer.ggml.add_bos_token", .bool(true)),
            GGUFBuilder.model().with("tokenizer.ggml.pre", .string("llama-bpe")),
        ] {
            let (tokenizer, _) = try Self.files(builder.with("tokenizer.ggml.bos_token_id", .uint32(5)))
            let processor = try #require(tokenizer["post_processor"]?.objectValue)
            #expect(processor["single"]?.arrayValue?.count == 2 && processor["pair"]?.arrayValue?.count == 4)
            let known = processor["special_tokens"]?.objectValue?["<think>"]?.objectValue
            #expect(known?["ids"] == .array([.integer(5)]))
        }
    }

    @Test func mergesOfSentencePieceFollowFromTheScores() throws {
        let (tokenizer, _) = try Self.files(Self.pieces)
        let model = try #require(tokenizer["model"]?.objectValue)
        #expect(model["merges"] == .array([.string("b c"), .string("a bc")]))
        #expect(model["byte_fallback"] == .bool(true))
        #expect(tokenizer["pre_tokenizer"]?.objectValue?["prepend_scheme"] == .string("first"))
        #expect(tokenizer["post_processor"]?.objectValue?["single"]?.arrayValue?.count == 2)
    }

    @Test func gemmasRunsOfSpacesAreRespelled() {
        #expect(SentencePieceMerges.spelled("   ") == "▁▁▁")
        #expect(SentencePieceMerges.spelled("\n\n") == "\n\n" && SentencePieceMerges.spelled("a b") == "a b")
    }

    /// The files are ones that a tokenizer is made of: expressions are known there by their exact text.
    @Test(arguments: WordSplitting.names) func everyRuleMakesATokenizer(name: String) throws {
        let folder = try TemporaryFolder()
        let model = try GGUFBuilder.model().with("tokenizer.ggml.pre", .string(name)).open(folder)
        #expect(try Self.ids("ab ab<think>a", model) == [3, 4, 3, 5, 1])
    }

    @Test func sentencePiecesMakeATokenizer() throws {
        let folder = try TemporaryFolder()
        let model = try Self.pieces.with("tokenizer.ggml.add_space_prefix", .bool(false)).open(folder)
        #expect(try Self.ids("abcbc<s>b", model) == [0, 5, 4, 0, 2])
    }

    private static func ids(_ text: String, _ model: GGUFFile) throws -> [Int32] {
        let files = TokenizerFiles(
            folderName: "m.gguf", tokenizerJSON: model.files["tokenizer.json"],
            tokenizerConfig: model.files["tokenizer_config.json"], modelType: model.config.modelType)
        return try TokenizerLoader.load(files).encode(text, pair: nil, maxLength: .max).ids
    }

    @Test func otherTemplatesAreKeptBesideTheFirst() throws {
        let (_, settings) = try Self.files(
            GGUFBuilder.model().with("tokenizer.chat_template.tools", .string("{{ tools }}")))
        let names = (settings["chat_template"]?.arrayValue ?? []).map { $0.objectValue?["name"] }
        #expect(names == [.string("default"), .string("tools")])
    }

    @Test func kindsThatAreNotKnownAreRefusedByName() throws {
        #expect(try Self.refusal(GGUFBuilder.model().with("tokenizer.ggml.model", .string("t5"))) == .ggufTokenizer)
        #expect(try Self.refusal(GGUFBuilder.model().with("tokenizer.ggml.pre", .string("viking"))) == .ggufTokenizer)
    }

    @Test(
        arguments: [
            ("tokenizer.ggml.tokens", .array(["a", "b", "a"].map { .string($0) })),
            ("tokenizer.ggml.tokens", .array((0..<7).map { .string("\($0)") })), ("tokenizer.ggml.tokens", .array([])),
            ("tokenizer.ggml.token_type", .array([.int32(1)])), ("tokenizer.ggml.merges", nil),
        ] as [(String, GGUFValue?)])
    func vocabulariesThatDoNotFitAreRefused(key: String, value: GGUFValue?) throws {
        let builder = GGUFBuilder.model().with("tokenizer.ggml.eos_token_id", nil)
            .with("tokenizer.ggml.token_type", nil).with(key, value)
        #expect(try Self.refusal(builder) == .ggufVocabulary)
    }

    @Test func tokensThatWouldTakeLongAreRefused() throws {
        let long = String(repeating: "a", count: 70_000)
        let tokens = ["<s>", long, "b", "c", "bc", "abc"].map { GGUFValue.string($0) }
        #expect(try Self.refusal(Self.pieces.with("tokenizer.ggml.tokens", .array(tokens))) == .ggufVocabulary)
    }
}
