/// Normalizer, pre-tokenizer, subword model and post-processor in a row, with added tokens found on the way.
struct PipelineTokenizer<Model: SubwordModel>: Tokenizer {
    let model: Model
    let normalizer: Normalizer
    let preTokenizer: PreTokenizer
    let added: AddedVocabulary
    let postProcessor: PostProcessor
    let truncationSide: TruncationSide
    let maxLength: Int?
    let usesTypeIDs: Bool
    let notes: [String]
    let specialIDs: Set<Int>
    let pool = ScratchPool()
    /// Whether ids depend on which words stand for the text's first character.
    let followsStart: Bool
    /// Ids of one word before and one after; `nil` where words do not stay apart.
    var neighbours: (before: [Int32], after: [Int32])?
    /// Rank by id, -1 for none.
    private let ranks: [Int32]

    init(
        model: Model, normalizer: Normalizer, preTokenizer: PreTokenizer, added: AddedVocabulary,
        postProcessor: PostProcessor, truncationSide: TruncationSide?, maxLength: Int?, usesTypeIDs: Bool,
        notes: [String]
    ) {
        self.model = model
        self.normalizer = normalizer
        self.preTokenizer = preTokenizer
        followsStart = preTokenizer.followsStart
        self.added = added
        self.postProcessor = postProcessor
        self.truncationSide = truncationSide ?? .right
        self.maxLength = maxLength
        self.usesTypeIDs = usesTypeIDs
        self.notes = notes
        specialIDs = Set(added.tokens.lazy.filter(\.value.special).map { Int($0.key) })
        var ranks = [Int32](repeating: -1, count: added.size)
        var rank: Int32 = 0
        for id in model.idsByFrequency where added.tokens[Int32(truncatingIfNeeded: id)] == nil {
            guard ranks.indices.contains(id), let token = model.vocabulary.token(id), !token.isReservedToken else {
                continue
            }
            ranks[id] = rank
            rank += 1
        }
        self.ranks = ranks
        let (one, two) = (pieces("a"), pieces("a a"))
        if two.count > one.count, two.starts(with: one) { neighbours = (one, Array(two.dropFirst(one.count))) }
    }

    var algorithm: String { Model.algorithm }

    var vocabularySize: Int { added.size }

    var typeIDCount: Int { usesTypeIDs ? postProcessor.typeIDCount : 1 }

    func token(_ id: Int) -> String? {
        Int32(exactly: id).flatMap { added.tokens[$0]?.content } ?? model.vocabulary.token(id)
    }

    func id(of token: String) -> Int? { added.id(of: token) ?? model.vocabulary.id(of: token) }

    func frequencyRank(_ id: Int) -> Int? {
        ranks.indices.contains(id) && ranks[id] >= 0 ? Int(ranks[id]) : nil
    }

    func logProbability(_ id: Int) -> Double? { frequencyRank(id).flatMap { _ in model.logProbability(id) } }

    func isUnused(_ id: Int) -> Bool { token(id)?.isReservedToken ?? false }
}

extension String {
    /// Whether this is `[unused` with a number and `]`, a token kept free for later use.
    fileprivate var isReservedToken: Bool {
        guard hasPrefix("[unused"), hasSuffix("]") else { return false }
        let number = dropFirst(7).dropLast()
        return !number.isEmpty && number.utf8.allSatisfy { 0x30...0x39 ~= $0 }
    }
}
