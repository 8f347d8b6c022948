import Tokenizers

/// A tokenizer of whole words between spaces, for tests of what is built on tokenizers.
struct FakeTokenizer: Tokenizer {
    var tokens: [String?] = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[unused0]", "the", "a", "film", "##s", nil, "cf"]
    var specialIDs: Set<Int> = [0, 1, 2, 3]
    var segment: Int32 = 1
    var logProbabilities: [Int: Double] = [:]

    var algorithm: String { "Fake" }
    var vocabularySize: Int { tokens.count }
    var maxLength: Int? { nil }
    var usesTypeIDs: Bool { true }
    var typeIDCount: Int { 2 }
    var notes: [String] { [] }

    func pieces(_ text: String) -> [Int32] {
        text.split(separator: " ").flatMap { word -> [Int32] in
            if let id = id(of: String(word)) { return [Int32(id)] }
            if word.hasSuffix("s"), let stem = id(of: String(word.dropLast())) { return [Int32(stem), 8] }
            return [1]
        }
    }

    func encode(_ text: String, pair: String?, maxLength: Int) -> Encoding {
        assemble(pieces(text), pair: pair.map(pieces), maxLength: maxLength)
    }

    func assemble(_ pieces: [Int32], pair: [Int32]?, maxLength: Int) -> Encoding {
        var encoding = Encoding(ids: [2] + pieces + [3], typeIDs: Array(repeating: 0, count: pieces.count + 2))
        if let pair {
            encoding.ids += pair + [3]
            encoding.typeIDs += Array(repeating: segment, count: pair.count + 1)
        }
        return encoding
    }

    func decoded(_ ids: [Int32]) -> String { ids.compactMap { token(Int($0)) }.joined(separator: " ") }
    func specialTokenCount(pair: Bool) -> Int { pair ? 3 : 2 }
    func token(_ id: Int) -> String? { tokens.indices.contains(id) ? tokens[id] : nil }
    func id(of token: String) -> Int? { tokens.firstIndex { $0.map { $0.utf8.elementsEqual(token.utf8) } ?? false } }
    func piecesBetweenSpaces(_ text: String) -> [Int32]? { pieces(text) }
    func insertableText(for id: Int) -> String? { token(id) }
    func frequencyRank(_ id: Int) -> Int? {
        specialIDs.contains(id) || isUnused(id) || token(id) == nil ? nil : id - 5
    }
    func logProbability(_ id: Int) -> Double? { logProbabilities[id] }
    func isUnused(_ id: Int) -> Bool { token(id)?.hasPrefix("[unused") ?? false }
}
