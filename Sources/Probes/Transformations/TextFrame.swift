/// A text apart from the mark it ends with and the white space around it.
struct TextEnds {
    /// White space before the text.
    let lead: String
    /// The text without its final mark.
    let body: String
    /// White space between the text and its final mark, as in tokenized texts.
    let gap: String
    /// The run of final marks; empty where there is none.
    let mark: String
    /// White space after the text.
    let tail: String
    /// Whether marks stand apart from words, as in tokenized texts.
    let isSpaced: Bool

    init(_ text: String) {
        lead = String(text.prefix(while: \.isWhitespace))
        var body = text.dropFirst(lead.count)
        tail = Self.removeEnd(of: &body, while: \.isWhitespace)
        let marked = body
        let mark = Self.removeEnd(of: &body) { ".!?…".contains($0) }
        let gap = mark.isEmpty ? "" : Self.removeEnd(of: &body, while: \.isWhitespace)
        self.mark = mark
        self.gap = gap
        self.body = String(body)
        isSpaced = !gap.isEmpty || marked.split(whereSeparator: \.isWhitespace).contains { $0 == "," || $0 == "." }
    }

    private static func removeEnd(of text: inout Substring, while isPart: (Character) -> Bool) -> String {
        let start = text.lastIndex { !isPart($0) }.map { text.index(after: $0) } ?? text.startIndex
        let end = String(text[start...])
        text = text[..<start]
        return end
    }

    /// The text with another final mark.
    func ending(with mark: String) -> String {
        lead + body + (isSpaced && !mark.isEmpty ? " " : "") + mark + tail
    }
}

/// Words around a sentence that give it another structure.
struct TextFrame: Sendable {
    /// Lower case, before the text.
    var before = ""
    /// After the text and before its final mark.
    var after = ""
    /// The final mark, where it changes.
    var mark: String?

    /// The text in the frame, as one sentence.
    func apply(to text: String) -> String {
        let ends = TextEnds(text)
        guard !ends.body.isEmpty else { return text }
        let isCapitalised = ends.body.first?.isUppercase ?? false
        var body = ends.body
        if !before.isEmpty {
            let opening = spaced(before, ends) + " "
            body = (isCapitalised ? opening.capitalisedFirst : opening) + Self.withoutCapital(body)
        }
        body += after.isEmpty || after.hasPrefix(",") ? spaced(after, ends) : " " + spaced(after, ends)
        guard let mark else { return ends.lead + body + ends.gap + ends.mark + ends.tail }
        return ends.lead + body + (ends.isSpaced && !mark.isEmpty ? " " : "") + mark + ends.tail
    }

    /// The text with every sentence in the frame.
    func applyToSentences(of text: String) -> String {
        var result = ""
        var sentence = ""
        var isEnd = false
        for character in text {
            if isEnd && character.isWhitespace {
                result += apply(to: sentence)
                sentence = ""
            }
            isEnd = ".!?…".contains(character)
            sentence.append(character)
        }
        return result + apply(to: sentence)
    }

    private func spaced(_ words: String, _ ends: TextEnds) -> String {
        ends.isSpaced ? words.replacing([",": " ,", ":": " :"]) : words
    }

    /// The first letter in lower case, unless it is the pronoun "I" or its word has other capitals.
    private static func withoutCapital(_ text: String) -> String {
        let word = text.prefix { TextWords.isCore($0) }
        guard word != "I", !word.dropFirst().contains(where: \.isUppercase) else { return text }
        return text.prefix(1).lowercased() + text.dropFirst()
    }
}
