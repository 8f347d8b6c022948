extension TextTransformation {
    /// Words, letters or the text more than once.
    static let repetition = [
        repeated("first-word", "the first word twice", .first) { $0 + " " + $0 },
        repeated("last-word", "the last word twice", .last) { $0 + " " + $0 },
        repeated("random-word", "one word twice", .random) { $0 + " " + $0 },
        TextTransformation(.repetition, "text", "the whole text twice") { text, _ in
            text.trimmed + " " + text.trimmed
        },
    ]

    private static func repeated(
        _ id: String, _ name: String, _ place: TextWords.Place, _ change: @escaping @Sendable (String) -> String
    ) -> TextTransformation {
        TextTransformation(.repetition, id, name) { text, draw in TextWords.changing(text, place, draw, change) }
    }
}
