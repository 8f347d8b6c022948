extension TextTransformation {
    /// Characters that a reader does not see.
    static let invisible = [
        inWord("zero-width-space", "a zero-width space in one word", "\u{200B}"),
        inWord("zero-width-joiner", "a zero-width joiner in one word", "\u{200D}"),
        inWord("soft-hyphen", "a soft hyphen in one word", "\u{AD}"),
        inWord("no-break-space", "a no-break space in one word", "\u{A0}"),
        TextTransformation(.invisible, "zero-width-everywhere", "a zero-width space in every word") { text, draw in
            TextWords.changing(text, .every, draw) { split($0, by: "\u{200B}") }
        },
        TextTransformation(.invisible, "byte-order-mark", "a byte order mark before the text") { text, _ in
            "\u{FEFF}" + text
        },
        spaces("no-break-spaces", "no-break spaces between words", "\u{A0}"),
        spaces("double-spaces", "two spaces between words", "  "),
    ]

    private static func inWord(_ id: String, _ name: String, _ character: String) -> TextTransformation {
        TextTransformation(.invisible, id, name) { text, draw in
            TextWords.changing(text, .random, draw) { split($0, by: character) }
        }
    }

    private static func spaces(_ id: String, _ name: String, _ space: String) -> TextTransformation {
        TextTransformation(.invisible, id, name) { text, _ in
            var words = TextWords(text)
            for index in words.words.indices.dropFirst() { words.words[index].gap = space }
            return words.text
        }
    }

    /// A word with a character in its middle; a single letter with the character behind it.
    private static func split(_ word: String, by character: String) -> String {
        let half = (word.count + 1) / 2
        return word.prefix(half) + character + word.dropFirst(half)
    }
}
