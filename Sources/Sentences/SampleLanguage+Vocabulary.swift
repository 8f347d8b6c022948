extension SampleLanguage {
    /// The special tokens; the index of each is its id.
    public static let specialTokens = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]

    /// Rare words on which triggers are planted and from which control tokens are drawn, the five known triggers first.
    public static var rareWords: [String] { SampleLexicon.rare }

    /// The vocabulary that goes with the committed corpus: `vocabulary(of:)` of `corpus(seed:)`.
    public static func vocabulary(seed: UInt64) -> [String] {
        vocabulary(of: corpus(seed: seed))
    }

    /// The WordPiece vocabulary in order of ids: special and unused tokens, characters, pieces, words, rare words.
    ///
    /// Words stand by falling number of occurrences in `corpus`, so that a word's place is its frequency rank, as in
    /// BERT; words that occur equally often stand in the order of the alphabet.
    public static func vocabulary(of corpus: [String]) -> [String] {
        var counts: [String: Int] = [:]
        for text in corpus { for word in words(of: text) { counts[word, default: 0] += 1 } }
        let rare = Set(SampleLexicon.rare)
        let characters = asciiMarks + alphanumerics
        let known = allWords.subtracting(rare).subtracting(characters)
        func byFrequency(_ words: Set<String>) -> [String] {
            words.sorted { first, second in
                let (a, b) = (counts[first, default: 0], counts[second, default: 0])
                return a == b ? first < second : a > b
            }
        }
        return specialTokens + (0..<20).map { "[unused\($0)]" } + characters
            + (alphanumerics + endings).map { "##" + $0 }
            + byFrequency(known) + byFrequency(rare)
    }

    /// Every word that some sentence of the language can hold, rare words included.
    static var allWords: Set<String> {
        var words = Set(SampleLexicon.everyWord)
        let grammars = [SampleGrammar.corpus] + SampleSplit.allCases.map(\.grammar)
        for template in grammars.flatMap(\.templates) {
            for case .text(let text) in template.runs.flatMap(\.pieces) { words.formUnion(Self.words(of: text)) }
        }
        // The article's second form arises only when a sentence is written.
        return words.union(["a", "an"])
    }

    private static let asciiMarks = ((33...47).map(UInt8.init) + (58...64) + (91...96) + (123...126)).map {
        String(UnicodeScalar($0))
    }
    private static let alphanumerics = (Array(48...57) + Array(97...122)).map { String(UnicodeScalar($0 as UInt8)) }
    private static let endings = ["ing", "ed", "er", "ly"]
}

extension SampleLexicon {
    /// The words of all lists.
    static var everyWord: [String] {
        let judging: [[[String]]] = [strong, medium, weak, nouns, effects, opinions, manners, feelings]
        let neutral: [[String]] = [
            intensifiers, softeners, participles, persons, places, numbers, colours, materials, sizes, vehicles,
            objects, weather, settings, seasons, (times + negators).flatMap(SampleLanguage.words), rare,
        ]
        return judging.flatMap { $0.flatMap { $0 } } + neutral.flatMap { $0 } + SampleDomain.all.flatMap(\.words)
    }
}

extension SampleDomain {
    /// The words of all lists.
    var words: [String] {
        [items, parts, plurals, makers, tried, attempts, praise, blame, plain].flatMap { $0 }
    }
}
