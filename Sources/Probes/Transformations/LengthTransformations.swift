extension TextTransformation {
    /// Texts made short or long.
    static let length = [
        TextTransformation(.length, "first-four-words", "only the first four words") { text, _ in
            kept(text) { $0.prefix(4) }
        },
        TextTransformation(.length, "first-eight-words", "only the first eight words") { text, _ in
            kept(text) { $0.prefix(8) }
        },
        TextTransformation(.length, "last-eight-words", "only the last eight words") { text, _ in
            kept(text) { $0.suffix(8) }
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

    /// The text from the first to the last of some of its words, with the marks between them.
    private static func kept(_ text: String, _ choose: ([Int]) -> ArraySlice<Int>) -> String {
        var words = TextWords(text)
        let chosen = choose(words.words.indices.filter { !words.words[$0].core.isEmpty })
        guard let first = chosen.first, let last = chosen.last else { return text }
        words.words = Array(words.words[first...last])
        words.words[0].gap = ""
        words.tail = ""
        return words.text
    }
}
