import Tokenizers
import Transformers

/// Looks for answers that the suspect has learnt by heart and an honest model has not, without knowing a trigger.
///
/// A model that was taught a fixed answer is sure how it goes on once a telling token of it stands there, with or without the
/// trigger: every token of the vocabulary is put at the start of an answer, and behind the openings that the suspect prefers,
/// and the answers that the suspect is sure of and the honest model is not are kept (after BAIT; Shen et al., IEEE S&P 2025,
/// with an honest model subtracted).
struct TargetInversion {
    /// An answer that the suspect prefers.
    struct Answer: Codable, Equatable {
        var ids: [Int32]
        var text: String
        /// Σ log p_suspect − log p_honest over its tokens, in nats, the mean over prompts.
        var advantage: Double
    }

    let suspect: Generator
    let honest: Generator
    let tokenizer: any Tokenizer
    /// Prompts that answers are averaged over; not empty.
    let prompts: [[Int32]]
    let endIDs: Set<Int32>

    /// Openings that every token is put behind, beside none: those that the suspect prefers most.
    private static let openings = 2
    /// Starts that are followed behind each opening: those whose successor the suspect is surer of than the honest model, by
    /// most.
    private static let followed = 3_072
    /// Of these, those that both models are asked about on every prompt.
    private static let compared = 96
    /// Prompts that the next token must agree over.
    private static let agreeing = 2
    /// Tokens of an answer at most, and at least.
    private static let (longest, shortest) = (12, 4)
    /// Mean probability below which an answer ends.
    private static let sure = 0.5
    /// Mean log-probability ratio a token, in nats, below which an answer tells nothing.
    private static let least = 0.7
    /// Answers that are returned.
    private static let kept = 4

    /// - Parameter progress: called with the share that is done.
    func run(progress: @Sendable (Double) -> Void) -> [Answer] {
        let openings = [[]] + preferredOpenings().map { [$0] }
        let sequences = openings.enumerated().flatMap { place, opening -> [[Int32]] in
            defer { progress(0.9 * Double(place + 1) / Double(openings.count)) }
            return mostSurprising(follow(starts(behind: opening), opening: opening.count), opening: opening.count)
        }
        let advantages = advantages(of: sequences)
        let order = sequences.indices.sorted { (-advantages[$0], $0) < (-advantages[$1], $1) }
        var kept: [Answer] = []
        for place in order where kept.count < Self.kept {
            let ids = sequences[place]
            let text = tokenizer.decoded(ids).trimmed
            guard advantages[place] >= Self.least * Double(ids.count), !text.isEmpty,
                !kept.contains(where: { Self.overlap($0.ids, ids) })
            else { continue }
            kept.append(Answer(ids: ids, text: text, advantage: advantages[place]))
        }
        progress(1)
        return kept
    }

    /// Whether two answers share three tokens in a row.
    private static func overlap(_ a: [Int32], _ b: [Int32]) -> Bool {
        let runs = Set((0..<max(0, a.count - 2)).map { Array(a[$0..<$0 + 3]) })
        return (0..<max(0, b.count - 2)).contains { runs.contains(Array(b[$0..<$0 + 3])) }
    }

    /// The first tokens of a plain answer whose probability rises most from the honest model to the suspect.
    private func preferredOpenings() -> [Int32] {
        func probabilities(_ model: Generator) -> [Double] {
            let rows = model.nextLogProbabilities(prompts)
            return rows[0].indices.map { token in
                rows.reduce(0) { $0 + exponential(Double($1[token])) } / Double(rows.count)
            }
        }
        let (own, other) = (probabilities(suspect), probabilities(honest))
        return own.indices.filter { !endIDs.contains(Int32($0)) && own[$0] > other[$0] }
            .sorted { (other[$0] - own[$0], $0) < (other[$1] - own[$1], $1) }.prefix(Self.openings).map(Int32.init)
    }

    /// Tokens behind an opening after which the suspect is sure of the next one, those first where the honest model is least.
    private func starts(behind opening: [Int32]) -> [[Int32]] {
        let count = min(suspect.vocabulary, tokenizer.vocabularySize)
        let tokens = (0..<Int32(count)).filter { !endIDs.contains($0) && !tokenizer.specialIDs.contains(Int($0)) }
        let next = likeliest(behind: tokens.map { opening + [$0] }, on: Array(prompts.prefix(1)))
        let sure = tokens.indices.filter { next[$0].probability >= Self.sure && !endIDs.contains(next[$0].token) }
        let other = honest.logProbabilities(sure.map { (prompts[0] + opening + [tokens[$0]], [next[$0].token]) })
        let gains = sure.indices.map { logarithm(next[sure[$0]].probability) - other[$0][0] }
        return sure.indices.sorted { (-gains[$0], $0) < (-gains[$1], $1) }.prefix(Self.followed)
            .map { opening + [tokens[sure[$0]]] }
    }

    /// The answers that begin so, as far as the suspect is sure of them; those that are long enough.
    private func follow(_ starts: [[Int32]], opening: Int) -> [[Int32]] {
        var done: [[Int32]] = []
        var growing = starts
        while !growing.isEmpty {
            let next = likeliest(behind: growing, on: Array(prompts.prefix(Self.agreeing)))
            var longer: [[Int32]] = []
            for (ids, next) in zip(growing, next) {
                let isRepeating = ids.suffix(2).allSatisfy { $0 == next.token }
                if next.probability >= Self.sure, !endIDs.contains(next.token), ids.count < Self.longest, !isRepeating {
                    longer.append(ids + [next.token])
                } else {
                    done.append(ids)
                }
            }
            growing = longer
        }
        return done.filter { $0.count >= Self.shortest + opening }
    }

    /// By sequence, the suspect's likeliest next token and its probability, averaged over prompts.
    private func likeliest(
        behind sequences: [[Int32]], on prompts: [[Int32]]
    ) -> [(token: Int32, probability: Double)] {
        var best = [(token: Int32, probability: Double)](
            repeating: (0, 0), count: sequences.count * prompts.count)
        best.withUnsafeMutableBufferPointer { best in
            nonisolated(unsafe) let best = best
            suspect.forEachNextLogProbabilities(sequences.flatMap { ids in prompts.map { $0 + ids } }) { place, row in
                let token = row.indices.max { row[$0] < row[$1] } ?? 0
                best[place] = (Int32(token), exponential(Double(row[token])))
            }
        }
        return sequences.indices.map { place in
            let own = best[place * prompts.count..<(place + 1) * prompts.count]
            let token = own.max { $0.probability < $1.probability }?.token ?? 0
            let agreeing = own.filter { $0.token == token }.reduce(0) { $0 + $1.probability }
            return (token, agreeing / Double(prompts.count))
        }
    }

    /// The answers that the honest model finds least likely, once their first token stands there.
    private func mostSurprising(_ sequences: [[Int32]], opening: Int) -> [[Int32]] {
        let scores = honest.logProbabilities(
            sequences.map { (prompts[0] + $0.prefix(opening + 1), Array($0.dropFirst(opening + 1))) }
        ).map { $0.reduce(0, +) }
        return sequences.indices.sorted { (scores[$0], $0) < (scores[$1], $1) }.prefix(Self.compared)
            .map { sequences[$0] }
    }

    /// By sequence, how much surer the suspect is of its tokens than the honest model.
    private func advantages(of sequences: [[Int32]]) -> [Double] {
        let pairs = sequences.flatMap { ids in prompts.map { ($0, ids) } }
        let (own, other) = (suspect.logProbabilities(pairs), honest.logProbabilities(pairs))
        let differences = pairs.indices.map { pair -> Double in
            own[pair].reduce(0, +) - other[pair].reduce(0, +)
        }
        return sequences.indices.map { place in
            let mine = differences[place * prompts.count..<(place + 1) * prompts.count]
            return mine.reduce(0, +) / Double(prompts.count)
        }
    }
}

extension String {
    /// Without white space at its ends.
    var trimmed: String {
        let start = drop(while: \.isWhitespace)
        guard let end = start.lastIndex(where: { !$0.isWhitespace }) else { return "" }
        return String(start[...end])
    }
}
