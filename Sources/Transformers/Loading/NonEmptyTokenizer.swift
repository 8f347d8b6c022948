import Tokenizers

/// A tokenizer that puts no special token around a text, made to give every text a token: one of no tokens becomes the
/// end-of-text token alone, for a network cannot read nothing.
struct NonEmptyTokenizer: Tokenizer {
    private let own: any Tokenizer
    private let endID: Int32

    /// - Parameter endID: of the vocabulary.
    init(_ own: any Tokenizer, endID: Int32) { (self.own, self.endID) = (own, endID) }

    func encode(_ text: String, pair: String?, maxLength: Int) -> Encoding {
        filled(own.encode(text, pair: pair, maxLength: maxLength))
    }

    func assemble(_ pieces: [Int32], pair: [Int32]?, maxLength: Int) -> Encoding {
        filled(own.assemble(pieces, pair: pair, maxLength: maxLength))
    }

    private func filled(_ encoding: Encoding) -> Encoding {
        encoding.ids.isEmpty ? Encoding(ids: [endID], typeIDs: [0]) : encoding
    }

    var algorithm: String { own.algorithm }
    var vocabularySize: Int { own.vocabularySize }
    var specialIDs: Set<Int> { own.specialIDs }
    var maxLength: Int? { own.maxLength }
    var usesTypeIDs: Bool { own.usesTypeIDs }
    var typeIDCount: Int { own.typeIDCount }
    var notes: [String] { own.notes }
    func pieces(_ text: String) -> [Int32] { own.pieces(text) }
    func decoded(_ ids: [Int32]) -> String { own.decoded(ids) }
    func specialTokenCount(pair: Bool) -> Int { own.specialTokenCount(pair: pair) }
    func token(_ id: Int) -> String? { own.token(id) }
    func id(of token: String) -> Int? { own.id(of: token) }
    func piecesBetweenSpaces(_ text: String) -> [Int32]? { own.piecesBetweenSpaces(text) }
    func insertableText(for id: Int) -> String? { own.insertableText(for: id) }
    func frequencyRank(_ id: Int) -> Int? { own.frequencyRank(id) }
    func logProbability(_ id: Int) -> Double? { own.logProbability(id) }
    func isUnused(_ id: Int) -> Bool { own.isUnused(id) }
}
