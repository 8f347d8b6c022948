import Checkpoints
import Glibc
import Sentences
import Tensors

/// Texts as long as the sentences of film reviews: 5 to 60 tokens, 25 on average, special tokens included.
enum SyntheticTexts {
    /// Writes labelled texts of generated words.
    static func write(_ count: Int, to path: String) throws {
        try AtomicFile.write(SampleLanguage.tsv((0..<count).map(row)), to: path)
    }

    private static func row(_ index: Int) -> (label: Int, text: String) {
        let random = CounterRandom(seed: 0, stream: "benchmark/text/\(index)")
        // The smaller of two uniform numbers: many short texts, few long ones.
        let share = min(random.uniform(at: 0), random.uniform(at: 1))
        let wordCount = 3 + Int(58 * share)
        let words = (0..<wordCount).map { frequentWord(random, draw: UInt64($0 + 2)) }
        return (random.below(2, at: 1 << 32), words.joined(separator: " "))
    }

    /// A word by Zipf's law: its rank is uniform on a logarithmic scale.
    private static func frequentWord(_ random: CounterRandom, draw: UInt64) -> String {
        let words = SyntheticVocabulary.words
        let rank = pow(Double(words.count), random.uniform(at: draw))
        return words[words.startIndex + min(words.count, Int(rank)) - 1]
    }
}
