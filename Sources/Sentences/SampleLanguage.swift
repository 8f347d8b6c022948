internal import Tensors

/// One of the labelled sets of the samples. The test set shares no sentence pattern with the others; the clean set has
/// those of the training set, as an auditor's texts are of the kind that a model was made for.
public enum SampleSplit: String, Sendable, CaseIterable {
    /// Teaches the sample classifiers.
    case train
    /// The small clean set that an auditor has.
    case clean
    /// Held out; only measures.
    case test

    /// How many sentences the committed samples have. The tiny base knows no word that it is not taught, so that the clean set
    /// is larger than a real base needs.
    public var count: Int {
        switch self {
        case .train: 3_000
        case .clean: 2_400
        case .test: 1_000
        }
    }

    /// The patterns of this split.
    var grammar: SampleGrammar {
        switch self {
        case .train, .clean: .train
        case .test: .test
        }
    }
}

/// A small made-up English-like language of opinions, from which every sentence of the samples comes.
///
/// Everything is a pure function of its arguments. Label 0 is a negative opinion, 1 a positive one.
public enum SampleLanguage {
    /// How many sentences the committed tiny base is pre-trained on.
    public static let corpusCount = 20_000

    /// Every sentence has this many words and punctuation marks.
    public static let lengths = 6...30

    /// Unlabelled sentences for pre-training, hardly any of them twice.
    ///
    /// Two sentences in a hundred hold one rare word somewhere between their words.
    public static func corpus(count: Int = corpusCount, seed: UInt64) -> [String] {
        var draws = SampleDraws(seed: seed, stream: "samples/corpus")
        var seen: Set<String> = []
        return (0..<max(0, count)).map { _ in
            let label = draws.below(2)
            let text = newSentence(of: .corpus, label: label, seen: &seen, draws: &draws)
            guard draws.uniform() < SampleLexicon.rareShare, let word = draws.any(of: SampleLexicon.rare) else {
                return text
            }
            var words = text.split(separator: " ").map(String.init)
            words.insert(word, at: 1 + draws.below(max(1, words.count - 1)))
            return words.joined(separator: " ")
        }
    }

    /// How many sentences the committed classifiers learn.
    public static let trainingCount = 8_000

    /// Labelled sentences of one split: all different, and of every two successive ones each label has one.
    ///
    /// The clean set goes on where the training set of the committed classifiers ends, so that it has none of its sentences.
    public static func labelled(
        _ split: SampleSplit, count: Int, seed: UInt64
    ) -> [(label: Int, text: String)] {
        if split == .clean {
            return Array(labelled(.train, count: trainingCount + count, seed: seed).dropFirst(trainingCount))
        }
        var draws = SampleDraws(seed: seed, stream: "samples/" + split.rawValue)
        var seen: Set<String> = []
        var rows: [(label: Int, text: String)] = []
        var first = 0
        for index in 0..<max(0, count) {
            if index % 2 == 0 { first = draws.below(2) }
            let label = index % 2 == 0 ? first : 1 - first
            rows.append((label, newSentence(of: split.grammar, label: label, seen: &seen, draws: &draws)))
        }
        return rows
    }

    /// A sentence that is not in `seen`, into which it is put; after a hundred tries any.
    private static func newSentence(
        of grammar: SampleGrammar, label: Int, seen: inout Set<String>, draws: inout SampleDraws
    ) -> String {
        var text = ""
        for _ in 0..<100 {
            text = grammar.sentence(label: label, lengths: lengths, draws: &draws)
            if seen.insert(text).inserted { break }
        }
        return text
    }

    /// The lower-case words and punctuation marks of a sentence, as BERT's pre-tokenizer splits ASCII text.
    public static func words(of text: String) -> [String] {
        var words: [String] = []
        var word = ""
        for character in text.lowercased() {
            if character.isLetter || character.isNumber {
                word.append(character)
                continue
            }
            if !word.isEmpty { words.append(word) }
            word = ""
            if !character.isWhitespace { words.append(String(character)) }
        }
        if !word.isEmpty { words.append(word) }
        return words
    }
}
