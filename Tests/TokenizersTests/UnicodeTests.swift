import Testing

@testable import Tokenizers

@Suite("Character classes and normal form of the BERT normalizer")
struct UnicodeTests {
    private func normalized(_ text: String, accents: Bool? = nil, lowercases: Bool = true) -> [Unicode.Scalar] {
        let normalizer = Normalizer.bert(
            BertNormalizer(
                cleansText: true, separatesIdeographs: true, stripsAccents: accents, lowercases: lowercases))
        return Array(String(decoding: normalizer.normalized(text), as: UTF8.self).unicodeScalars)
    }

    @Test(
        "Normalized texts",
        arguments: [
            ("Caf\u{E9} NA\u{CF}VE", "cafe naive"), ("\u{130}stanbul", "istanbul"), ("a\u{0}b\u{200D}c\u{FFFD}", "abc"),
            ("a\tb\nc\u{A0}d\u{2028}e\u{3000}f", "a b c d e f"), ("x\u{4F60}y", "x \u{4F60} y"),
            ("\u{F900}", " \u{8C48} "),
            ("\u{AC01}", "\u{1100}\u{1161}\u{11A8}"), ("\u{FB01}", "\u{FB01}"),
            ("\u{3A3}\u{391}\u{3A3}", "\u{3C3}\u{3B1}\u{3C3}"),
            ("a\u{85}b\u{B}c\u{C}d\u{1C}e", "abcde"), ("\u{1E9E}", "\u{DF}"), ("\u{212A}", "k"), ("", ""),
            // Marks that Unicode 8.0 did not have stay; marks are ordered before they are dropped.
            ("a\u{1DFB}", "a\u{1DFB}"), ("\u{302E}\u{1}\u{302F}\u{301}", "\u{302E}\u{302F}"),
        ])
    func normalize(_ text: String, _ expected: String) {
        #expect(normalized(text) == Array(expected.unicodeScalars))
    }

    @Test("Accents stay when they are not to be stripped")
    func accents() {
        #expect(normalized("\u{C9}\u{130}", accents: false) == ["\u{E9}", "i", "\u{307}"])
        #expect(normalized("\u{C9}A", accents: true, lowercases: false) == ["E", "A"])
        #expect(normalized("\u{C9}", lowercases: false) == ["\u{C9}"])
    }

    @Test("How many characters each class has in the reference")
    func counts() {
        var dropped = 0
        var punctuation = 0
        var marks = 0
        var ideographs = 0
        for value in UInt32(0)...0x10FFFF {
            guard let scalar = Unicode.Scalar(value) else { continue }
            dropped += scalar.isDroppedByBertCleaning ? 1 : 0
            punctuation += scalar.isBertPunctuation ? 1 : 0
            marks += scalar.isBertNonspacingMark ? 1 : 0
            ideographs += scalar.isBertIdeograph ? 1 : 0
        }
        #expect(dropped == 137_681)
        #expect(punctuation == 726)
        #expect(ideographs == 81_264)
        #expect(marks == 1567)
    }

    @Test("Bytes read forward and backward give the same scalars")
    func decoding() {
        let text = "a\u{E9}\u{4F60}\u{1F600}z"
        let bytes = Array(text.utf8)
        var (forward, backward): ([Unicode.Scalar], [Unicode.Scalar]) = ([], [])
        var index = 0
        while index < bytes.count { forward.append(UTF8Decoding.next(bytes, &index, end: bytes.count)) }
        while index > 0 { backward.append(UTF8Decoding.previous(bytes, &index, start: 0)) }
        #expect(forward == Array(text.unicodeScalars))
        #expect(backward.reversed() == forward)
    }

    @Test("Malformed bytes are read as replacement characters, each once")
    func malformed() {
        for bytes: [UInt8] in [
            [0x80], [0xFF, 0xC3], [0xE4, 0xBD], [0xED, 0xA0, 0x80], [0xF5, 0x80, 0x80, 0x80], [0xC0, 0x80],
        ] {
            var index = 0
            while index < bytes.count { #expect(UTF8Decoding.next(bytes, &index, end: bytes.count) == "\u{FFFD}") }
            #expect(index == bytes.count)
            while index > 0 { #expect(UTF8Decoding.previous(bytes, &index, start: 0) == "\u{FFFD}") }
        }
    }
}
