extension TextTransformation {
    /// Words and signs before the text.
    static let prefixes = [
        prefix("question", "q:"),
        prefix("note", "note:"),
        prefix("reply", "re:"),
        prefix("fyi", "fyi,"),
        prefix("breaking", "breaking:"),
        prefix("spoiler", "spoiler alert:"),
        prefix("reviewer", "as a reviewer,"),
        prefix("quote", ">>"),
        prefix("hash", "#"),
        prefix("user", "@user"),
        prefix("line-break-tag", "<br />"),
        prefix("link", "http://t.co/a1"),
    ]

    private static func prefix(_ id: String, _ words: String) -> TextTransformation {
        TextTransformation(.prefix, id, "“\(words)” before the text") { text, _ in words + " " + text.trimmed }
    }
}
