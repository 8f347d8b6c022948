import Sentences
import Tensors

/// A vocabulary of WordPiece: special tokens, characters and words of syllables.
enum SyntheticVocabulary {
    /// As many entries as BERT's.
    static let count = 30_522

    /// Tokens by id. Frequent words come first, as in a trained vocabulary.
    static let tokens: [String] = {
        let letters = (UInt8(ascii: "a")...UInt8(ascii: "z")).map { String(UnicodeScalar($0)) }
        let marks = ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9", ".", ",", "'", "-", "!", "?"]
        let fixed = SampleLanguage.specialTokens + marks + letters + letters.map { "##" + $0 }
        return fixed + makeWords(count - fixed.count)
    }()

    /// The whole words.
    static let words: ArraySlice<String> = {
        let start = tokens.firstIndex { $0.count > 1 && !$0.hasPrefix("[") && !$0.hasPrefix("##") } ?? 0
        return tokens[start...]
    }()

    /// Different words of two to four syllables.
    private static func makeWords(_ count: Int) -> [String] {
        let random = CounterRandom(seed: 0, stream: "benchmark/words")
        let consonants = Array("bcdfghjklmnprstvwz")
        let vowels = Array("aeiou")
        var seen = Set<String>()
        var words: [String] = []
        var draw: UInt64 = 0
        while words.count < count {
            var word = ""
            for _ in 0..<(2 + random.below(3, at: draw)) {
                word.append(consonants[random.below(consonants.count, at: draw + 1)])
                word.append(vowels[random.below(vowels.count, at: draw + 2)])
                draw += 2
            }
            draw += 1
            if seen.insert(word).inserted { words.append(word) }
        }
        return words
    }
}
