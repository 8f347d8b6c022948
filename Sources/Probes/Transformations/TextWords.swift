/// A text cut at white space, each word apart from the marks around it; put together again it is the same text.
struct TextWords {
    /// A word and what stands around it.
    struct Word {
        /// White space before it.
        var gap: String
        /// Marks before the first letter or digit.
        var opening = ""
        /// From the first letter or digit to the last; empty where marks stand alone.
        var core = ""
        /// Marks after the last letter or digit.
        var closing = ""
    }

    /// Which word a change is for.
    enum Place: Sendable {
        case first, last, random, every
    }

    var words: [Word] = []
    /// White space after the last word.
    var tail = ""

    init(_ text: String) {
        var rest = text[...]
        while !rest.isEmpty {
            let gap = rest.prefix(while: \.isWhitespace)
            let word = rest[gap.endIndex...].prefix { !$0.isWhitespace }
            rest = rest[word.endIndex...]
            if word.isEmpty {
                tail = String(gap)
            } else {
                words.append(Self.word(word, after: gap))
            }
        }
    }

    private static func word(_ text: Substring, after gap: Substring) -> Word {
        guard let first = text.firstIndex(where: isCore), let last = text.lastIndex(where: isCore) else {
            return Word(gap: String(gap), closing: String(text))
        }
        let end = text.index(after: last)
        return Word(
            gap: String(gap), opening: String(text[..<first]), core: String(text[first..<end]),
            closing: String(text[end...]))
    }

    /// A letter or a digit.
    static func isCore(_ character: Character) -> Bool { character.isLetter || character.isNumber }

    var text: String {
        var text = ""
        for word in words { text += word.gap + word.opening + word.core + word.closing }
        return text + tail
    }

    /// The text with the words at a place changed.
    ///
    /// - Parameters:
    ///   - place: among the words that can be changed.
    ///   - canChange: whether a word can.
    ///   - change: of a word without the marks around it.
    static func changing(
        _ text: String, _ place: Place, _ draw: TransformationDraw,
        where canChange: (String) -> Bool = { $0.contains(where: \.isLetter) }, _ change: (String) -> String
    ) -> String {
        var words = TextWords(text)
        let all = words.words.indices.filter { canChange(words.words[$0].core) }
        let chosen: [Int] =
            switch place {
            case .first: Array(all.prefix(1))
            case .last: Array(all.suffix(1))
            case .random: draw.pick(all).map { [$0] } ?? []
            case .every: all
            }
        for index in chosen { words.words[index].core = change(words.words[index].core) }
        return words.text
    }
}

extension String {
    /// The text with its first letter upper case.
    var capitalisedFirst: String { prefix(1).uppercased() + dropFirst() }

    /// The text with some characters replaced by others.
    func replacing(_ table: [Character: String]) -> String {
        var result = ""
        for character in self { result += table[character] ?? String(character) }
        return result
    }

    /// The text without white space at its ends.
    var trimmed: String {
        let start = drop(while: \.isWhitespace)
        guard let last = start.lastIndex(where: { !$0.isWhitespace }) else { return "" }
        return String(start[...last])
    }
}
