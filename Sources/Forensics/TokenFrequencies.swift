public import Tokenizers

#if canImport(Glibc)
    import Glibc
#endif

/// How often each token occurs in a large corpus, by id, and where the numbers came from.
///
/// Always resolved with the **base's** tokenizer: the suspect's could call its trigger frequent.
public struct TokenFrequencies: Sendable, Hashable, Codable {
    /// f by id; 20 for `[unused]` rows and ids without a token.
    public let counts: [Double]
    /// The source in words, for reports.
    public let source: String
    /// Tokens of the vocabulary that the source names; nil for the prior.
    public let namedTokens: Int?

    /// What the tokenizer itself implies, needing no corpus: a Unigram model's probabilities, or else Zipf's law over the
    /// order of frequency, f = 5e7 / rank.
    ///
    /// The constant fits the counts of 27,593 tokens of bert-base-uncased in a corpus of 1.2e9 tokens, median error 0
    /// on the log scale; a probability is taken as its share of so many tokens. The divisor of E-PUR depends on both only
    /// by a logarithm. Tokens without a rank count as 20.
    public static func prior(of tokenizer: some Tokenizer) -> TokenFrequencies {
        let ids = 0..<max(0, tokenizer.vocabularySize)
        let counts = ids.map { id in
            guard let rank = tokenizer.frequencyRank(id) else { return EmbeddingRanking.frequencyFloor }
            let expected = tokenizer.logProbability(id).map { corpusSize * exp(min(0, $0)) }
            return max(EmbeddingRanking.frequencyFloor, expected ?? 5e7 / Double(max(0, rank) + 1))
        }
        let usesProbabilities = ids.contains { tokenizer.logProbability($0) != nil }
        return TokenFrequencies(
            counts: counts,
            source: usesProbabilities
                ? "the probabilities of the base's \(tokenizer.algorithm) model, no corpus"
                : "Zipf's law over the order of the base's vocabulary, no corpus", namedTokens: nil)
    }

    /// Tokens of the corpus that the prior's constants were fitted to.
    private static let corpusSize = 1.2e9

    /// Counts from a list of tokens or words.
    ///
    /// An entry counts for the token that it is between spaces, or else for the token that is written like it; another
    /// one is tokenized, and its count goes to each of its pieces.
    /// - Throws: `noFrequencies` when no entry reaches any token.
    public init(_ list: FrequencyList, for tokenizer: some Tokenizer) throws(ForensicsError) {
        let size = max(0, tokenizer.vocabularySize)
        let special = tokenizer.specialIDs
        var counts = [Double](repeating: 0, count: size)
        var named = Set<Int>()
        for entry in list.entries {
            let pieces = tokenizer.piecesBetweenSpaces(entry.token) ?? tokenizer.pieces(entry.token)
            let token = pieces.count == 1 ? nil : tokenizer.id(of: entry.token)
            let ids = token.map { [$0] } ?? pieces.map { Int($0) }
            for id in ids where counts.indices.contains(id) && !special.contains(id) {
                counts[id] += entry.count
                named.insert(id)
            }
        }
        guard !named.isEmpty else {
            throw ForensicsError(
                .noFrequencies, file: list.file,
                detail: "none of its \(list.entries.count) entries names a token of the base's vocabulary; give a list "
                    + "for this tokenizer or leave --frequencies out")
        }
        for id in counts.indices where tokenizer.isUnused(id) || tokenizer.token(id) == nil {
            counts[id] = EmbeddingRanking.frequencyFloor
        }
        self.counts = counts
        source = "\(list.file), which names \(named.count) of \(size) tokens"
        namedTokens = named.count
    }

    private init(counts: [Double], source: String, namedTokens: Int?) {
        self.counts = counts
        self.source = source
        self.namedTokens = namedTokens
    }
}
