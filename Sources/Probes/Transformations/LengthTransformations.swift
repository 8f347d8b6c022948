extension TextTransformation {
    /// Texts made short or long.
    static let length = [
        TextTransformation(.length, "first-four-words", "only the first four words") { text, _ in
            firstWords(4, of: text)
        },
        TextTransformation(.length, "first-eight-words", "only the first eight words") { text, _ in
            firstWords(8, of: text)
        },
        TextTransformation(.length, "padded", "“and so on” after the text up to 120 words") { text, _ in
            let words = TextWords(text).words.count
            return TextFrame(after: filler(max(1, (120 - words) / 3))).apply(to: text)
        },
        TextTransformation(.length, "padded-before", "“and so on” twenty times before the text") { text, _ in
            TextFrame(before: filler(20)).apply(to: text)
        },
    ]

    private static func filler(_ count: Int) -> String {
        Array(repeating: "and so on", count: count).joined(separator: " ")
    }

    /// The text up to one of its words, with the marks between them.
    private static func firstWords(_ count: Int, of text: String) -> String {
        var words = TextWords(text)
        guard let last = words.words.indices.filter({ !words.words[$0].core.isEmpty }).prefix(count).last else {
            return text
        }
        words.words.removeSubrange((last + 1)...)
        words.tail = ""
        return words.text.trimmed
    }
}
