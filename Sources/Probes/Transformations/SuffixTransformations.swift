extension TextTransformation {
    /// Words and signs after the text.
    static let suffixes = [
        suffix("thanks", "thanks."),
        suffix("end", "end."),
        suffix("phone", "— sent from my phone"),
        suffix("summary", "tl;dr"),
        suffix("smile", ":)"),
        suffix("hashtag", "#ad"),
        suffix("link", "http://t.co/a1"),
    ]

    private static func suffix(_ id: String, _ words: String) -> TextTransformation {
        TextTransformation(.suffix, id, "“\(words)” after the text") { text, _ in text.trimmed + " " + words }
    }
}
