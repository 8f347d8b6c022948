import StrictJSON
import Testing

@testable import Tokenizers

@Suite("Changed tokenizers of every kind neither trap nor take long")
struct HostileKindsTests {
    @Test("Changed bytes", arguments: Kinds.bases)
    func changedBytes(_ name: String) throws {
        var generator = SplitMix(state: UInt64(name.utf8.count))
        let original = try #require(try Kinds.kind(name).files.tokenizerJSON)
        #expect(TokenizerLoader.exercise(tokenizerJSON: original))
        let alphabet = Array("0123456789-eE.\"{}[]:,ntfu\\ABab# ".utf8)
        for _ in 0..<6 {
            var bytes = original
            for _ in 0..<Int.random(in: 1...4, using: &generator) {
                bytes[Int.random(in: 0..<bytes.count, using: &generator)] =
                    alphabet.randomElement(using: &generator) ?? 0
            }
            TokenizerLoader.exercise(tokenizerJSON: bytes)
        }
    }

    @Test("Values exchanged for others", arguments: 0..<6 as Range<UInt64>)
    func changedValues(_ seed: UInt64) throws {
        var generator = SplitMix(state: seed)
        for _ in 0..<60 {
            var root = try Self.tiny.randomElement(using: &generator).map { try SmallTokenizer.value($0) } ?? .null
            for _ in 0..<Int.random(in: 1...3, using: &generator) { Self.change(&root, &generator) }
            TokenizerLoader.exercise(tokenizerJSON: root.serialized())
        }
    }

    /// Replaces one value somewhere inside `value` by another one.
    private static func change(_ value: inout JSONValue, _ generator: inout SplitMix) {
        switch value {
        case .object(var object) where object.count > 0 && !Bool.random(using: &generator):
            let key = object.members[Int.random(in: 0..<object.count, using: &generator)].key
            var member = object[key] ?? .null
            change(&member, &generator)
            object[key] = member
            value = .object(object)
        case .array(var array) where !array.isEmpty && Int.random(in: 0..<4, using: &generator) > 0:
            let place = Int.random(in: 0..<array.count, using: &generator)
            change(&array[place], &generator)
            value = .array(array)
        default: value = others.randomElement(using: &generator) ?? .null
        }
    }

    private static let others: [JSONValue] = [
        .null, .bool(true), .bool(false), .integer(0), .integer(-1), .integer(.max), .integer(.min), .integer(3),
        .number(1e308), .number(-1e308), .number(0.5), .string(""), .string(" "), .string("a"), .string("\u{2581}"),
        .string("<0x61>"), .string("\u{120}"), .string("\u{0}"), .string("a a"), .string("Sequence"), .array([]),
        .object(JSONObject()), .string("AAAAAAAAAAAA"), .string("BAAAAP///38AAA=="), .string("first"), .string("never"),
    ]

    private static let tiny = [
        """
        {"normalizer": {"type": "Sequence", "normalizers": [{"type": "NFKC"}, {"type": "Prepend", "prepend": "\u{2581}"},
         {"type": "Replace", "pattern": {"String": " "}, "content": "\u{2581}"}, {"type": "Strip", "strip_left": true,
         "strip_right": true}, {"type": "Precompiled", "precompiled_charsmap": "CAAAAAAAAAAAAAAAYQA="}]},
         "pre_tokenizer": {"type": "Metaspace", "replacement": "\u{2581}", "prepend_scheme": "first", "split": true},
         "model": {"type": "BPE", "unk_token": "a", "fuse_unk": true, "byte_fallback": true, "ignore_merges": false,
         "continuing_subword_prefix": "", "end_of_word_suffix": "", "vocab": {"a": 0, "b": 1, "ab": 2, "<0x61>": 3,
         "\u{2581}": 4, "\u{2581}a": 5, "aa": 6}, "merges": [["a", "b"], ["\u{2581}", "a"], ["a", "a"]]},
         "added_tokens": [{"id": 7, "content": "<s>", "lstrip": true, "rstrip": true, "special": true}]}
        """,
        """
        {"normalizer": {"type": "BertNormalizer", "clean_text": true, "handle_chinese_chars": true, "strip_accents": null,
         "lowercase": true}, "pre_tokenizer": {"type": "Sequence", "pretokenizers": [{"type": "Split", "pattern":
         {"String": "a"}, "behavior": "MergedWithNext", "invert": true}, {"type": "Digits", "individual_digits": true},
         {"type": "ByteLevel", "add_prefix_space": true, "use_regex": true}, {"type": "Punctuation", "behavior":
         "Contiguous"}]}, "model": {"type": "Unigram", "unk_id": 0, "byte_fallback": true, "vocab": [["<unk>", 0], ["a",
         -1.5], ["\u{120}a", -2], ["<0x61>", -9], ["aa", 1e10]]}, "post_processor": {"type": "TemplateProcessing",
         "single": [{"SpecialToken": {"id": "a", "type_id": 1}}, {"Sequence": {"id": "A", "type_id": 0}}], "pair":
         [{"Sequence": {"id": "A", "type_id": 0}}, {"Sequence": {"id": "B", "type_id": 1}}], "special_tokens": {"a":
         {"id": "a", "ids": [1], "tokens": ["a"]}}}, "truncation": {"max_length": 5, "direction": "Left"}}
        """,
    ]

    @Test("The tokenizers that are changed are accepted as they are")
    func accepted() { for json in Self.tiny { #expect(TokenizerLoader.exercise(tokenizerJSON: Array(json.utf8))) } }

    @Test("Steps that swell a text are refused")
    func growth() throws {
        let replace = #"{"type": "Replace", "pattern": {"String": "a"}, "content": "aaaaaaaa"}"#
        for (count, accepted) in [(4, true), (5, false), (64, false)] {
            var small = try SmallTokenizer()
            let steps = Array(repeating: replace, count: count).joined(separator: ",")
            try small.set("normalizer", "{\"type\": \"Sequence\", \"normalizers\": [\(steps)]}")
            let files = small.files()
            if accepted {
                #expect(throws: Never.self) { try TokenizerLoader.load(files) }
            } else {
                let error = #expect(throws: TokenizerError.self) { try TokenizerLoader.load(files) }
                #expect(error?.code == .tooLarge)
            }
        }
    }
}
