extension TextTransformation {
    /// Characters that look like those they replace.
    static let homoglyphs = [
        glyphs("cyrillic-random-word", "Cyrillic letters in one word", .random, cyrillic),
        glyphs("cyrillic", "Cyrillic letters in every word", .every, cyrillic),
        glyphs("full-width", "full-width letters in every word", .every, fullWidth),
        glyphs("accents", "accents in every word", .every, accents),
    ]

    private static func glyphs(
        _ id: String, _ name: String, _ place: TextWords.Place, _ table: [Character: String]
    ) -> TextTransformation {
        TextTransformation(.homoglyphs, id, name) { text, draw in
            TextWords.changing(text, place, draw, where: { $0.contains { table[$0] != nil } }) { $0.replacing(table) }
        }
    }

    private static let cyrillic: [Character: String] = [
        "a": "\u{0430}", "e": "\u{0435}", "o": "\u{043E}", "A": "\u{0410}", "E": "\u{0415}", "O": "\u{041E}",
    ]

    private static let accents: [Character: String] = [
        "a": "á", "e": "é", "i": "í", "o": "ó", "u": "ú", "A": "Á", "E": "É", "I": "Í", "O": "Ó", "U": "Ú",
    ]

    private static let fullWidth: [Character: String] = {
        var table: [Character: String] = [:]
        for value in UInt8(ascii: "A")...UInt8(ascii: "z") where Character(Unicode.Scalar(value)).isLetter {
            // Full-width forms lie in the order of ASCII from U+FF01, the exclamation mark.
            guard let wide = Unicode.Scalar(UInt32(value) + 0xFEE0) else { continue }
            table[Character(Unicode.Scalar(value))] = String(wide)
        }
        return table
    }()
}
