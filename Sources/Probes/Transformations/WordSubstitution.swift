/// A dictionary of words, or of two words in a row, and what stands in their place.
struct WordSubstitution: Sendable {
    private let replacements: [String: String]

    /// - Parameter table: lower case, such as "also: likewise, do not: don't".
    init(_ table: String) {
        let entries = table.split { $0 == "," || $0.isNewline }.compactMap { entry -> (String, String)? in
            let sides = entry.split(separator: ":", maxSplits: 1).map { String($0).trimmed }
            return sides.count == 2 ? (sides[0], sides[1]) : nil
        }
        replacements = Dictionary(entries) { first, _ in first }
    }

    /// Several dictionaries as one; of a word in two of them the first says what it becomes.
    init(_ parts: [WordSubstitution]) {
        replacements = parts.reduce(into: [:]) { $0.merge($1.replacements) { first, _ in first } }
    }

    /// How many words it knows.
    var count: Int { replacements.count }

    /// The text with every known word replaced, in the case of the word.
    func apply(to text: String) -> String {
        var words = TextWords(text)
        var index = 0
        while index < words.words.count {
            if let replaced = pair(words.words, at: index) {
                words.words[index].core = replaced
                words.words[index].closing = words.words[index + 1].closing
                words.words.remove(at: index + 1)
            } else if let replaced = replacement(words.words[index].core) {
                words.words[index].core = replaced
            }
            index += 1
        }
        return words.text
    }

    /// The text with one known word replaced.
    func applyOnce(to text: String, _ draw: TransformationDraw) -> String {
        TextWords.changing(text, .random, draw, where: { replacement($0) != nil }) { replacement($0) ?? $0 }
    }

    private func replacement(_ words: String) -> String? {
        replacements[words.lowercased()].map { Self.withCase(of: words, $0) }
    }

    /// What stands for the word at a place and the next one together, where no mark is between them.
    private func pair(_ words: [TextWords.Word], at index: Int) -> String? {
        guard index + 1 < words.count, words[index].closing.isEmpty, words[index + 1].opening.isEmpty else {
            return nil
        }
        return replacement(words[index].core + " " + words[index + 1].core)
    }

    private static func withCase(of original: String, _ word: String) -> String {
        guard original.first?.isUppercase == true else { return word }
        let isUpper = original.filter(\.isLetter).count > 1 && original == original.uppercased()
        return isUpper ? word.uppercased() : word.capitalisedFirst
    }
}
