/// The algorithm that turns one word into tokens: what differs between WordPiece, byte-level BPE and Unigram.
protocol SubwordModel: Sendable {
    /// The model's name in tokenizer.json.
    static var algorithm: String { get }

    /// Tokens and ids, added tokens not among them.
    var vocabulary: Vocabulary { get }

    /// What the last token of a word ends with and the word does not.
    var endSuffix: String { get }

    /// Ids in the order of frequency that the model implies, most frequent first.
    var idsByFrequency: [Int] { get }

    /// The logarithm of a token's share of all tokens; `nil` where the model does not state it.
    func logProbability(_ id: Int) -> Double?

    /// Appends the ids of the word `bytes[range]`, whole scalars of UTF-8, to `ids`.
    func tokenize(_ bytes: [UInt8], _ range: Range<Int>, into ids: inout [Int32], scratch: inout SubwordScratch)
}

extension SubwordModel {
    var endSuffix: String { "" }

    func logProbability(_ id: Int) -> Double? { nil }
}
