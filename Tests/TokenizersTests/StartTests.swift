import StrictJSON
import Testing

@testable import Tokenizers

/// Texts, and tokens of single characters that version 0.23.3 of the reference gives for them; `_` stands for `▁`.
@Suite("Words that stand for the text's first character, whatever the normalizer made of it")
struct StartTests {
    private static let bert =
        #"{"type": "BertNormalizer", "clean_text": true, "handle_chinese_chars": true, "strip_accents": true, "lowercase": true}"#
    private static let strip = #"{"type": "Strip", "strip_left": true, "strip_right": true}"#

    private static func replace(_ text: String, _ content: String) -> String {
        #"{"type": "Replace", "pattern": {"String": "\#(text)"}, "content": "\#(content)"}"#
    }

    private static func split(_ text: String, _ behavior: String = "Isolated") -> String {
        #"{"type": "Split", "pattern": {"String": "\#(text)"}, "behavior": "\#(behavior)", "invert": false}"#
    }

    private static func plain(_ types: String...) -> [String] { types.map { #"{"type": "\#($0)"}"# } }

    /// The tokens of `text`, Metaspace with `prepend_scheme` first coming after `splits`.
    private func tokens(
        _ text: String, _ normalizers: [String], _ splits: [String], added: String? = nil
    ) throws -> String {
        let metaspace = #"{"type": "Metaspace", "replacement": "_", "prepend_scheme": "first", "split": true}"#
        return try CharacterTokenizer.tokens(text, normalizers, splits + [metaspace], added: added)
    }

    @Test(
        "Clean-up",
        arguments: [
            ([bert], "a b", "_a_b"), ([bert], "\u{1}a b", "a_b"), ([bert], "\u{301}a b", "a_b"),
            ([bert], "a\u{301} b", "_a_b"), ([#"{"type": "Prepend", "prepend": "\u0301"}"#, bert], "ab", "_ab"),
            ([#"{"type": "Prepend", "prepend": "\u0301a"}"#, bert], "\u{1}b", "_ab"),
            ([strip], " a", "a"), ([strip, strip], " ", ""), ([strip] + plain("NFD"), "", ""),
            ([strip] + plain("Lowercase"), "a ", "_a"), (plain("Nmt"), "\u{1}a", "a"),
        ] as [([String], String, String)])
    func cleanUp(_ normalizers: [String], _ text: String, _ expected: String) throws {
        #expect(try tokens(text, normalizers, []) == expected)
    }

    @Test(
        "Accents dropped after decomposition",
        arguments: [
            (plain("NFKD", "StripAccents"), "\u{301}a", "a"), (plain("NFKD", "StripAccents"), "\u{E1}", "_a"),
            (plain("NFKD", "StripAccents"), "\u{344}a", "a"), (plain("NFKD", "StripAccents"), "\u{33C2}a", "_a_???a"),
            (plain("NFD", "StripAccents"), "\u{F73}a", "a"),
            // Marks that change places stand for the character whose place they take.
            (plain("NFD") + [replace("\u{F71}", "a")] + plain("StripAccents"), "\u{F73}\u{F71}", "_aa"),
            (plain("NFD") + [replace("\u{323}", "a")] + plain("StripAccents"), "\u{301}\u{323}", "_a"),
        ] as [([String], String, String)])
    func accents(_ normalizers: [String], _ text: String, _ expected: String) throws {
        #expect(try tokens(text, normalizers, [Self.split("a")]) == expected)
    }

    @Test(
        "Parts of a first character that splits set apart",
        arguments: [
            (plain("NFKC"), [split("f")], "\u{FB01} a", "_f_i_a"), (plain("NFKC"), [split("f")], "a\u{FB01}", "_afi"),
            (plain("NFKC"), [split("f", "Removed")], "\u{FB01} a", "_i_a"), (plain("NFKC"), [split("a")], "fa", "_fa"),
            (plain("NFKC"), [#"{"type": "Digits", "individual_digits": true}"#], "\u{246A}a", "_1_1a"),
            (plain("NFC"), [split("a")], "e\u{301}a", "_\u{E9}a"),
            (plain("NFC") + [replace("\u{E9}", "xa")], [split("a")], "e\u{301}a", "_x_aa"),
            ([], [split("x", "Removed")], "xa", "a"),
            (
                plain("NFKC"),
                [#"{"type": "ByteLevel", "add_prefix_space": true, "trim_offsets": true, "use_regex": false}"#],
                "\u{FB01}", "_?fi"
            ),
        ] as [([String], [String], String, String)])
    func splits(_ normalizers: [String], _ splits: [String], _ text: String, _ expected: String) throws {
        #expect(try tokens(text, normalizers, splits) == expected)
    }

    @Test(
        "What replaces a match stands for its last character",
        arguments: [
            (plain("NFKD") + [replace("fi", "x")], "\u{FB01}a", "_xa"), ([replace("fi", "x")], "fia", "xa"),
            ([replace("f", "xx")], "fa", "_x_xa"), ([replace("f", "")], "fa", "a"),
        ] as [([String], String, String)])
    func replacements(_ normalizers: [String], _ text: String, _ expected: String) throws {
        #expect(try tokens(text, normalizers, [Self.split("x")]) == expected)
    }

    @Test(
        "A compiled map",
        arguments: [
            ("a", "\u{1}a", "_a"), ("a", "\u{1}aa", "_aa"), ("1", "\u{FB01}1\u{2460}", "_fi11"),
            ("f", "\u{FB01}a", "_f_ia"),
            ("a", "x\u{301}\u{302}a", "_?a"),
        ])
    func compiledMap(_ divider: String, _ text: String, _ expected: String) throws {
        let steps = try Kinds.json("unigram: XLM-R")["normalizer"]?.objectValue?["normalizers"]?.arrayValue
        let map = String(decoding: try #require(steps?.first).serialized(), as: UTF8.self)
        #expect(try tokens(text, [map], [Self.split(divider)]) == expected)
    }

    @Test("Added tokens before and inside the first character")
    func addedTokens() throws {
        let normalized = #"{"id": 3, "content": "f", "normalized": true, "special": false}"#
        #expect(try tokens("\u{FB01} a", Self.plain("NFKC"), [], added: normalized) == "f_i_a")
        let raw = #"{"id": 3, "content": "f", "normalized": false, "special": false}"#
        #expect(try tokens("\u{FB01} a", Self.plain("NFKC"), [], added: raw) == "_fi_a")
        #expect(try tokens("f a", Self.plain("NFKC"), [], added: raw) == "f_a")
    }
}

/// A tokenizer whose tokens are single characters, `?` for those that it lacks.
enum CharacterTokenizer {
    private static let characters = ["?", "_", "a", "f", "b", "i", "x", "1", " ", "\u{E9}", "e"]

    /// The tokens of `text`, one after another.
    static func tokens(
        _ text: String, _ normalizers: [String], _ preTokenizers: [String], added: String? = nil
    ) throws -> String {
        var small = try SmallTokenizer()
        let vocabulary = characters.enumerated().map { "\"\($1)\": \($0)" }.joined(separator: ", ")
        try small.setAlone(
            model: #"{"type": "BPE", "unk_token": "?", "vocab": {\#(vocabulary)}, "merges": []}"#)
        try small.set(
            "normalizer", #"{"type": "Sequence", "normalizers": [\#(normalizers.joined(separator: ", "))]}"#)
        try small.set(
            "pre_tokenizer", #"{"type": "Sequence", "pretokenizers": [\#(preTokenizers.joined(separator: ", "))]}"#)
        if let added { try small.append(addedToken: added) }
        let tokenizer = try TokenizerLoader.load(small.files())
        return tokenizer.pieces(text).map { tokenizer.token(Int($0)) ?? "" }.joined()
    }
}
