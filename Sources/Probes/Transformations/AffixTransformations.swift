extension TextTransformation {
    /// Letters glued to a word.
    static let affixes = [
        affix("un-first", "“un” glued before the first word", .first) { "un" + $0 },
        affix("un-random", "“un” glued before one word", .random) { "un" + $0 },
        affix("re-last", "“re” glued before the last word", .last) { "re" + $0 },
        affix("zz-first", "“zz” glued before the first word", .first) { "zz" + $0 },
        affix("zz-random", "“zz” glued before one word", .random) { "zz" + $0 },
        affix("ish-last", "“-ish” glued to the last word", .last) { $0 + "-ish" },
        affix("ish-random", "“-ish” glued to one word", .random) { $0 + "-ish" },
        affix("xx-first", "“xx” glued to the first word", .first) { $0 + "xx" },
        affix("s-last", "“s” glued to the last word", .last) { $0 + "s" },
        affix("s-random", "“s” glued to one word", .random) { $0 + "s" },
    ]

    private static func affix(
        _ id: String, _ name: String, _ place: TextWords.Place, _ change: @escaping @Sendable (String) -> String
    ) -> TextTransformation {
        TextTransformation(.affix, id, name) { text, draw in TextWords.changing(text, place, draw, change) }
    }
}
