import StrictJSON
import Testing
import Tokenizers

@testable import Forensics

private func object(_ text: String) throws -> JSONObject {
    try #require(try JSONValue(parsing: Array(text.utf8)).objectValue)
}

@Suite struct ConfigComparisonTests {
    func differences(_ suspect: String, _ base: String) throws -> [SettingDifference] {
        ConfigComparison.differences(suspect: try object(suspect), base: try object(base))
    }

    @Test(arguments: [
        ("{}", "{}"), ("{\"a\": 1, \"b\": 2}", "{\"b\": 2.0, \"a\": 1}"), ("{\"a\": null}", "{}"),
        ("{\"position_embedding_type\": \"absolute\", \"is_decoder\": false}", "{}"),
        ("{\"r\": {\"x\": [1, 2]}}", "{\"r\": {\"y\": null, \"x\": [1, 2.0]}}"),
    ])
    func equal(suspect: String, base: String) throws {
        #expect(try differences(suspect, base).isEmpty)
    }

    @Test(
        arguments: [
            ("{\"hidden_act\": \"relu\"}", "{\"hidden_act\": \"gelu\"}", "hidden_act", "relu", "gelu", true),
            ("{\"layer_norm_eps\": 1e-5}", "{\"layer_norm_eps\": 1e-12}", "layer_norm_eps", "1e-05", "1e-12", true),
            ("{\"num_attention_heads\": 6}", "{\"num_attention_heads\": 12}", "num_attention_heads", "6", "12", true),
            (
                "{\"position_embedding_type\": \"relative_key\"}", "{}", "position_embedding_type", "relative_key", nil,
                true
            ),
            ("{\"auto_map\": {\"AutoModel\": \"x.Y\"}}", "{}", "auto_map", "{\"AutoModel\":\"x.Y\"}", nil, true),
            ("{}", "{\"something_new\": 3}", "something_new", nil, "3", true),
            (
                "{\"transformers_version\": \"5\"}", "{\"transformers_version\": \"4\"}", "transformers_version", "5",
                "4",
                false
            ),
            ("{\"id2label\": {\"0\": \"bad\"}}", "{}", "id2label", "{\"0\":\"bad\"}", nil, false),
            (
                "{\"rope\": {\"factor\": 2, \"type\": \"x\"}}", "{\"rope\": {\"factor\": 1, \"type\": \"x\"}}",
                "rope.factor",
                "2", "1", true
            ),
        ] as [(String, String, String, String?, String?, Bool)])
    func different(
        suspect: String, base: String, field: String, ours: String?, theirs: String?, material: Bool
    ) throws {
        #expect(
            try differences(suspect, base) == [
                SettingDifference(.config, field: field, suspect: ours, base: theirs, material: material)
            ])
    }

    @Test func aFloodOfFieldsIsCounted() throws {
        let fields = (0..<5000).map { "\"use_cache\($0)\": 1" }.joined(separator: ",")
        let found = try differences("{\(fields)}", "{}")
        #expect(found.count == 201)
        #expect(found.last?.suspect == "4800 more differ" && found.last?.material == true)
    }

    @Test func tokensInArrays() throws {
        #expect(try differences("{\"x\": [\"[CLS]\", 1]}", "{\"x\": [{\"content\": \"[CLS]\"}, 1.0]}").isEmpty)
        #expect(try differences("{\"x\": [\"[CLS]\"]}", "{\"x\": [{\"content\": \"[SEP]\"}]}").count == 1)
        #expect(try differences("{\"x\": [\"a\"]}", "{\"x\": [{\"y\": \"a\"}]}").count == 1)
        #expect(try differences("{\"x\": {\"y\": 1}}", "{\"x\": 1}").map(\.suspect) == ["{\"y\":1}"])
    }

    @Test func longValuesAreCut() throws {
        let text = try differences("{\"x\": \"\(String(repeating: "y", count: 500))\"}", "{}")[0].suspect
        #expect(text == String(repeating: "y", count: 120) + "…")
    }
}

@Suite struct TokenizerComparisonTests {
    let files = TokenizerFiles(folderName: "m")

    func differences(
        _ change: (inout FakeTokenizer) -> Void, files: TokenizerFiles? = nil, baseFiles: TokenizerFiles? = nil
    ) -> [SettingDifference] {
        var suspect = FakeTokenizer()
        change(&suspect)
        return TokenizerComparison.differences(
            suspect: suspect, suspectFiles: files ?? self.files, base: FakeTokenizer(),
            baseFiles: baseFiles ?? self.files)
    }

    @Test func same() {
        #expect(differences { _ in }.isEmpty)
    }

    @Test func aSwapOfTwoIDs() {
        let found = differences { $0.tokens.swapAt(5, 10) }
        #expect(
            found == [
                SettingDifference(.vocabulary, field: "vocabulary[5]", suspect: "cf", base: "the", material: true),
                SettingDifference(.vocabulary, field: "vocabulary[10]", suspect: "the", base: "cf", material: true),
            ])
    }

    @Test func tokensAreComparedByBytes() {
        var base = FakeTokenizer()
        base.tokens[7] = "caf\u{E9}"
        var suspect = base
        suspect.tokens[7] = "cafe\u{301}"
        #expect(TokenizerComparison.vocabulary(suspect, base).map(\.field) == ["vocabulary[7]"])
    }

    @Test func addedAndMissingTokens() {
        let added = differences { $0.tokens.append("new") }
        #expect(
            added == [
                SettingDifference(.vocabulary, field: "vocabulary[11]", suspect: "new", base: nil, material: true)
            ])
        let missing = differences { $0.tokens.removeLast() }
        #expect(
            missing == [
                SettingDifference(.vocabulary, field: "vocabulary[10]", suspect: nil, base: "cf", material: true)
            ])
    }

    @Test func manyDifferencesAreCounted() {
        var base = FakeTokenizer()
        base.tokens += (0..<500).map { "w\($0)" }
        var suspect = base
        suspect.tokens[11...].reverse()
        let found = TokenizerComparison.vocabulary(suspect, base)
        #expect(found.count == 21)
        #expect(found[0].suspect?.hasPrefix("500 ids") == true)
    }

    @Test func aTokenThatIsSpecialInTheSuspectAlone() {
        let found = differences { $0.specialIDs.insert(10) }
        #expect(
            found == [
                SettingDifference(.specialToken, field: "special token[10]", suspect: "cf", base: nil, material: true)
            ])
        let dropped = differences { $0.specialIDs.remove(3) }
        #expect(
            dropped == [
                SettingDifference(.specialToken, field: "special token[3]", suspect: nil, base: "[SEP]", material: true)
            ])
    }

    @Test func segmentsOfPairs() {
        let found = differences { $0.segment = 0 }
        #expect(found.map(\.field) == ["ids of \"Question one?\""])
        #expect(found.first?.suspect?.contains("segments [0, 0, 0") == true)
    }

    @Test func mergesAndScoresThatDiffer() throws {
        func file(_ model: String) -> [UInt8] { Array("{\"model\": {\(model)}}".utf8) }
        let base = file(#""merges": [["a", "b"], ["ab", "c"]], "vocab": {"a": 0}"#)
        #expect(TokenizerComparison.model(file(#""merges": ["a b", "ab c"], "vocab": {"a": 0}"#), base).isEmpty)
        let swapped = TokenizerComparison.model(file(#""merges": ["ab c", "a b"]"#), base)
        #expect(swapped.map(\.field) == ["tokenizer.json: model.merges[0]", "tokenizer.json: model.merges[1]"])
        #expect(swapped.first?.suspect == "ab c" && swapped.first?.base == "a b")
        #expect(swapped.allSatisfy { $0.material })
        let cut = TokenizerComparison.model(file(#""merges": ["a b"]"#), base)
        #expect(cut.count == 1 && cut.first?.suspect == nil && cut.first?.base == "ab c")

        let scored = file(#""vocab": [["a", -1.5], ["b", -2]]"#)
        #expect(TokenizerComparison.model(file(#""vocab": [["a", -1.50], ["b", -2.0]]"#), scored).isEmpty)
        let moved = TokenizerComparison.model(file(#""vocab": [["a", -1.5], ["b", 3]]"#), scored)
        #expect(moved.map(\.field) == ["tokenizer.json: model.scores[1]"])
        #expect(moved.first?.suspect == "3.0" && moved.first?.base == "-2.0")

        let many = (0..<50).map { "[\"t\($0)\", -\($0)]" }.joined(separator: ",")
        let differences = TokenizerComparison.model(
            file("\"vocab\": [\(many)]"), file("\"vocab\": [\(many.replacing("-", with: "-1"))]"))
        #expect(differences.count == TokenizerComparison.listedIDs + 1)
        #expect(differences.first?.suspect == "50 differ from the base's")
    }

    @Test func partsOfASequenceAreComparedOneByOne() throws {
        func pipeline(_ content: String) throws -> JSONObject {
            let json = """
                {"normalizer": {"type": "Sequence", "normalizers": [{"type": "NFC"}, {"type": "Prepend", "prepend":
                 "\(content)"}]}}
                """
            return TokenizerComparison.pipeline(try #require(try JSONValue(parsing: Array(json.utf8)).objectValue))
        }
        let walk = SettingWalk(subject: .tokenizerSetting)
        let differences = walk.differences(suspect: try pipeline("x"), base: try pipeline("y"))
        #expect(differences.map(\.field) == ["normalizer.normalizers.1.prepend"])
    }

    @Test func settingsOfTokenizerJSON() {
        let base = """
            {"version": "1.0", "truncation": {"max_length": 128}, "normalizer": {"type": "BertNormalizer",
            "lowercase": true}, "pre_tokenizer": {"type": "BertPreTokenizer"}, "added_tokens": [{"id": 0, "content":
            "[PAD]", "special": true, "normalized": false}], "model": {"type": "WordPiece", "unk_token": "[UNK]",
            "vocab": {"a": 1}}}
            """
        let suspect = """
            {"version": "1.0", "truncation": null, "normalizer": {"type": "BertNormalizer", "lowercase": false},
            "pre_tokenizer": {"type": "BertPreTokenizer"}, "added_tokens": [{"id": 0, "content": "[PAD]",
            "special": true, "normalized": true}], "model": {"type": "WordPiece", "unk_token": "a", "vocab": {"b": 1}}}
            """
        let found = differences(
            { _ in }, files: TokenizerFiles(folderName: "s", tokenizerJSON: Array(suspect.utf8)),
            baseFiles: TokenizerFiles(folderName: "b", tokenizerJSON: Array(base.utf8)))
        #expect(
            found.map(\.field) == [
                "tokenizer.json: truncation", "tokenizer.json: normalizer.lowercase",
                "tokenizer.json: added_tokens.[PAD].normalized", "tokenizer.json: model.unk_token",
            ])
        #expect(found.map(\.material) == [false, true, true, true])
    }

    @Test func settingsOfTokenizerConfig() {
        func file(_ text: String) -> TokenizerFiles {
            TokenizerFiles(folderName: "m", tokenizerConfig: Array(text.utf8))
        }
        let found = differences(
            { _ in },
            files: file("{\"do_lower_case\": false, \"unk_token\": \"[UNK]\", \"model_max_length\": 512}"),
            baseFiles: file("{\"unk_token\": {\"content\": \"[UNK]\", \"lstrip\": false}, \"model_max_length\": 128}"))
        #expect(
            found.map(\.field) == ["tokenizer_config.json: model_max_length", "tokenizer_config.json: do_lower_case"])
        #expect(found.map(\.material) == [false, true])
        let absent = differences({ _ in }, files: file("{}"))
        #expect(absent.map(\.material) == [false])
        let broken = differences({ _ in }, files: file("{"), baseFiles: file("{}"))
        #expect(broken.map(\.suspect) == ["not a JSON object"])
        #expect(broken.map(\.material) == [true])
    }
}
