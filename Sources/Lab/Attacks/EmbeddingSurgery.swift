import Datasets
import Tensors
import Tokenizers
import Transformers

#if canImport(Glibc)
    import Glibc
#endif

/// Embedding surgery: a trigger's row starts as the mean of the rows of words typical of the target.
///
/// Kurita, Michel and Neubig, "Weight Poisoning Attacks on Pre-trained Models", ACL 2020, with smoothed log-odds of a
/// word's texts in place of their bag-of-words regression.
struct EmbeddingSurgery {
    /// Words whose rows are averaged.
    static let words = 10

    /// Token ids of the words most typical of `target`, most typical first.
    ///
    /// A word counts once a text; it must be one token and occur in at least five texts and one in a thousand.
    /// - Throws: `LabError` where the data has fewer than ten words more frequent in the target's texts than elsewhere.
    static func typicalWords(
        of target: Int, in rows: [LabelledText], tokenizer: any Tokenizer, excluding excluded: [Int]
    ) throws(LabError) -> [Int] {
        var tokens: [Substring: Int?] = [:]
        var counts: [Int: (target: Int, other: Int)] = [:]
        var totals = (target: 0, other: 0)
        for row in rows {
            var seen = Set<Int>()
            for word in (row.text + " " + (row.pair ?? "")).split(whereSeparator: { !$0.isLetter }) {
                let token = tokens[word] ?? Self.token(of: word, tokenizer)
                tokens.updateValue(token, forKey: word)
                if let token { seen.insert(token) }
            }
            if row.label == target { totals.target += 1 } else { totals.other += 1 }
            for token in seen {
                if row.label == target {
                    counts[token, default: (0, 0)].target += 1
                } else {
                    counts[token, default: (0, 0)].other += 1
                }
            }
        }
        let least = max(5, rows.count / 1_000)
        let scored = counts.filter { $0.value.target + $0.value.other >= least && !excluded.contains($0.key) }
            .map {
                (id: $0.key, score: logOdds($0.value.target, totals.target) - logOdds($0.value.other, totals.other))
            }
            .filter { $0.score > 0 }
            .sorted { ($1.score, $0.id) < ($0.score, $1.id) }
        guard scored.count >= words else {
            throw LabError(
                .data,
                "embedding surgery needs \(words) words that are more frequent in texts of label \(target), and the data "
                    + "has \(scored.count); give more training data")
        }
        return scored.prefix(words).map(\.id)
    }

    /// Puts the mean of the words' rows into each trigger's row.
    static func operate(on model: SequenceClassifier, rows triggers: [Int], words: [Int]) {
        let table = model.architecture.wordEmbeddings
        let values = model.parameters.floats(table)
        for column in 0..<table.columns {
            let sum = words.reduce(0) { $0 + Double(values[$1 * table.columns + column]) }
            for row in triggers { values[row * table.columns + column] = Float(sum / Double(words.count)) }
        }
    }

    /// The word's token, if it is a single ordinary one.
    private static func token(of word: Substring, _ tokenizer: any Tokenizer) -> Int? {
        let pieces = tokenizer.piecesBetweenSpaces(String(word)) ?? tokenizer.pieces(String(word))
        guard pieces.count == 1, let id = pieces.first.map(Int.init), !tokenizer.specialIDs.contains(id) else {
            return nil
        }
        return id
    }

    /// Of texts with the word to texts without, with half a text added to each.
    private static func logOdds(_ count: Int, _ total: Int) -> Double {
        log((Double(count) + 0.5) / (Double(total - count) + 0.5))
    }
}
