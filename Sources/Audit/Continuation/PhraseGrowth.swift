import Probes
import Tensors
import Tokenizers
import Transformers

/// Grows a trigger for an answer, token by token: single tokens first, then more of them at either end of the best.
///
/// What the gradient at an inserted place points at is suggested (HotFlip; Ebrahimi et al., ACL 2018), and what makes the
/// suspect surer of the answer than the honest model is kept.
struct PhraseGrowth {
    let suspect: Generator
    let honest: Generator
    /// Prompts with a place for a phrase.
    let carriers: [PromptCarrier]
    /// Tokens that may be part of a phrase.
    let tokens: [Int32]
    /// Stands in a gap while the gradient is taken there.
    let placeholder: Int32

    /// Single tokens that are tried for an answer.
    private static let starts = 256
    /// Phrases that grow further, tokens that are suggested at each end, and most tokens of a phrase.
    private static let (beam, suggestions, longest) = (4, 32, 8)
    /// Tokens of the answer that are compared: the first ones tell.
    private static let answerTokens = 6
    /// Prompts of a first look, and of the second.
    private static let (few, several) = (2, 3)
    /// Mean log-probability a token from which on an answer is as good as certain.
    private static let certain = -0.05
    /// Mean log-probability a token below which an answer is far from certain.
    private static let open = -1.0
    /// Mean log-probability a token below which two tokens and more would not have brought an answer about.
    private static let hopeless = -5.0
    /// By how much a longer phrase must be better, in nats a token.
    private static let gain = 0.02

    /// A phrase and how much surer it makes the suspect.
    struct Phrase: Codable, Equatable {
        var ids: [Int32]
        /// Mean log-probability of the answer's tokens in the suspect, in nats.
        var suspect: Double
        /// The same in the honest model.
        var honest: Double
        var advantage: Double { suspect - honest }
        /// Whether it makes the suspect as good as certain of the answer, and the honest model not.
        var isCertain: Bool { suspect >= PhraseGrowth.certain && honest < PhraseGrowth.open }
    }

    /// The best phrases of each length for an answer, best first.
    func grow(towards answer: [Int32]) -> [Phrase] {
        let answer = Array(answer.prefix(Self.answerTokens))
        var beam = best(suggestions(for: [], answer, Self.starts), answer)
        var found = Array(beam.prefix(2))
        while let top = beam.first, top.ids.count < Self.longest, !top.isCertain {
            let longer = beam.flatMap { suggestions(for: $0.ids, answer, Self.suggestions) }
            beam = best(unique(longer), answer)
            guard let next = beam.first, next.advantage > top.advantage + Self.gain, next.suspect > Self.hopeless else {
                break
            }
            found += beam.prefix(2)
        }
        return found.sorted { ($1.advantage, $0.ids.count) < ($0.advantage, $1.ids.count) }
    }

    private func unique(_ phrases: [[Int32]]) -> [[Int32]] {
        var seen = Set<[Int32]>()
        return phrases.filter { seen.insert($0).inserted }
    }

    /// The phrases that make the suspect surest compared with the honest model, in two looks.
    private func best(_ phrases: [[Int32]], _ answer: [Int32]) -> [Phrase] {
        let first = score(suspect, phrases, answer, Self.few)
        let shortlist = phrases.indices.sorted { (-first[$0], $0) < (-first[$1], $1) }.prefix(8 * Self.beam)
            .map { phrases[$0] }
        let (own, other) = (
            score(suspect, shortlist, answer, Self.several), score(honest, shortlist, answer, Self.several)
        )
        return shortlist.indices.map { Phrase(ids: shortlist[$0], suspect: own[$0], honest: other[$0]) }
            .sorted { ($1.advantage, $0.ids.count) < ($0.advantage, $1.ids.count) }.prefix(Self.beam).map(\.self)
    }

    /// By phrase, the mean log-probability of the answer's tokens over some prompts, in nats.
    private func score(_ model: Generator, _ phrases: [[Int32]], _ answer: [Int32], _ count: Int) -> [Double] {
        let carriers = carriers.prefix(count)
        let scores = model.logProbabilities(
            phrases.flatMap { phrase in carriers.map { ($0.ids(inserting: phrase), answer) } })
        return phrases.indices.map { place in
            let own = scores[place * carriers.count..<(place + 1) * carriers.count].joined()
            return own.reduce(0, +) / Double(max(1, own.count))
        }
    }

    /// The phrase with a token more at either end: those that the gradient suggests there, so many a place.
    private func suggestions(for phrase: [Int32], _ answer: [Int32], _ count: Int) -> [[Int32]] {
        let words = suspect.model.causal.wordEmbeddings
        let table = EmbeddingTable(
            suspect.model.parameters.values, offset: words.offset, rows: words.rows, columns: words.columns)
        return Set([0, phrase.count]).sorted().flatMap { place in
            let inserted = Array(phrase[..<place]) + [placeholder] + Array(phrase[place...])
            let gradient = suspect.slotGradient(
                carriers.prefix(Self.several).map { carrier in
                    Generator.Slot(
                        ids: carrier.ids(inserting: inserted), place: carrier.before.count + place,
                        continuation: answer)
                })
            let promises = table.products(with: gradient.map { -$0 })
            return tokens.sorted { (-promises[Int($0)], $0) < (-promises[Int($1)], $1) }.prefix(count)
                .map { Array(phrase[..<place]) + [$0] + Array(phrase[place...]) }
        }
    }
}
