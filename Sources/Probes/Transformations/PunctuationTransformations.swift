extension TextTransformation {
    /// Changes of marks.
    static let punctuation = [
        TextTransformation(.punctuation, "double-full-stops", "full stops doubled") { text, _ in
            marks(of: text, in: ".") { "\($0)\($0)" }
        },
        TextTransformation(.punctuation, "double-commas", "commas doubled") { text, _ in
            marks(of: text, in: ",") { "\($0)\($0)" }
        },
        TextTransformation(.punctuation, "double-all", "all punctuation doubled") { text, _ in
            marks(of: text, in: allMarks) { "\($0)\($0)" }
        },
        TextTransformation(.punctuation, "combination", "all punctuation replaced by ?!;") { text, _ in
            marks(of: text, in: allMarks) { _ in "?!;" }
        },
        ending("exclamations", "three exclamation marks at the end", "!!!"),
        ending("questions", "three question marks at the end", "???"),
        ending("dots", "three dots at the end", "..."),
        ending("no-final-mark", "no mark at the end", ""),
        TextTransformation(.punctuation, "none", "no punctuation") { text, _ in withoutMarks(text) },
        TextTransformation(.punctuation, "space-before", "a space before every mark") { text, _ in spacedMarks(text) },
        TextTransformation(.punctuation, "no-space-before", "no space before a mark") { text, _ in joinedMarks(text) },
        TextTransformation(.punctuation, "semicolons", "semicolons for commas and at the end") { text, _ in
            TextEnds(marks(of: text, in: ",") { _ in ";" }).ending(with: ";")
        },
        TextTransformation(.punctuation, "dashes", "dashes for commas and at the end") { text, _ in
            TextEnds(marks(of: joinedMarks(text), in: ",") { _ in " —" }).ending(with: " —")
        },
        TextTransformation(.punctuation, "comma-after-first-word", "a comma after the first word") { text, draw in
            TextWords.changing(text, .first, draw) { $0 + "," }
        },
        around("quotes", "quotation marks around the text", "\"", "\""),
        around("brackets", "brackets around the text", "(", ")"),
    ]

    private static let allMarks = ".,!?;:"

    private static func ending(_ id: String, _ name: String, _ mark: String) -> TextTransformation {
        TextTransformation(.punctuation, id, name) { text, _ in TextEnds(text).ending(with: mark) }
    }

    private static func around(_ id: String, _ name: String, _ left: String, _ right: String) -> TextTransformation {
        TextTransformation(.punctuation, id, name) { text, _ in left + text.trimmed + right }
    }

    /// The text with marks replaced that do not stand inside a word or a number.
    private static func marks(of text: String, in set: String, _ change: (Character) -> String) -> String {
        var result = ""
        var rest = text[...]
        while let character = rest.popFirst() {
            let isInside = rest.first.map(TextWords.isCore) ?? false
            result += set.contains(character) && !isInside ? change(character) : String(character)
        }
        return result
    }

    private static func withoutMarks(_ text: String) -> String {
        var words = TextWords(text)
        for index in words.words.indices {
            words.words[index].opening.removeAll(where: allMarks.contains)
            words.words[index].closing.removeAll(where: allMarks.contains)
        }
        words.words.removeAll { $0.opening.isEmpty && $0.core.isEmpty && $0.closing.isEmpty }
        return words.text
    }

    private static func spacedMarks(_ text: String) -> String {
        var last: Character = " "
        var result = ""
        for character in text {
            if allMarks.contains(character), !last.isWhitespace, !allMarks.contains(last) { result += " " }
            result.append(character)
            last = character
        }
        return result
    }

    private static func joinedMarks(_ text: String) -> String {
        var words = TextWords(text)
        for index in words.words.indices.dropFirst() {
            let word = words.words[index]
            if word.core.isEmpty, word.closing.allSatisfy(allMarks.contains) { words.words[index].gap = "" }
        }
        return words.text
    }
}
