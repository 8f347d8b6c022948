/// One model input: token ids with special tokens, and the segment of each.
public struct Encoding: Sendable, Equatable {
    /// Token ids in input order.
    public var ids: [Int32]
    /// Segment ids, as many as `ids`; all zero where the model's tokenizer does not emit them.
    public var typeIDs: [Int32]

    /// An encoding from its two columns.
    public init(ids: [Int32], typeIDs: [Int32]) {
        self.ids = ids
        self.typeIDs = typeIDs
    }
}

/// Text to token ids, exactly as Hugging Face `tokenizers` 0.23 does it from a folder's tokenizer.json.
///
/// For BERT's tokenizer classes tokenizer_config.json decides where the two disagree, as under transformers 5.
///
/// A tokenizer is an immutable value: any number of threads may call it at once.
public protocol Tokenizer: Sendable {
    /// The model's name in tokenizer.json, such as `WordPiece`.
    var algorithm: String { get }
    /// The highest id + 1; a model needs at least that many embedding rows.
    var vocabularySize: Int { get }
    /// Ids of special tokens, such as `[CLS]`.
    var specialIDs: Set<Int> { get }
    /// Tokens that a model input may have, from tokenizer_config.json or tokenizer.json; `nil` when neither says.
    var maxLength: Int? { get }
    /// Whether the model is given segment ids; otherwise `Encoding.typeIDs` is zero throughout.
    var usesTypeIDs: Bool { get }
    /// The highest segment id + 1 of any encoding; a model needs at least that many segment embedding rows.
    var typeIDCount: Int { get }
    /// Where the folder's files disagree with each other and which one is followed, a sentence each.
    var notes: [String] { get }

    /// Ids of `text` without special tokens and without truncation.
    func pieces(_ text: String) -> [Int32]

    /// The text that ids stand for, special tokens left out; bytes that are no UTF-8 become U+FFFD.
    func decoded(_ ids: [Int32]) -> String

    /// The model input for a text or a pair of texts, cut to `maxLength` tokens.
    ///
    /// Of a pair the longer text is cut first. The special tokens always stay, so that a `maxLength` smaller than
    /// their number gives just these.
    func encode(_ text: String, pair: String?, maxLength: Int) -> Encoding

    /// The model input for ids as `pieces` gives them: special tokens added, cut to `maxLength` tokens.
    func assemble(_ pieces: [Int32], pair: [Int32]?, maxLength: Int) -> Encoding

    /// How many special tokens an encoding of one text or of a pair has.
    func specialTokenCount(pair: Bool) -> Int

    /// The token with `id`, as stored; `nil` where the vocabulary has a hole.
    func token(_ id: Int) -> String?

    /// The id of the token with exactly these UTF-8 bytes.
    func id(of token: String) -> Int?

    /// Ids of `text` where it stands inside a longer text, between spaces; `nil` where they depend on its neighbours.
    ///
    /// At the beginning of a text it may have other ids: GPT-2's words include the space before them.
    func piecesBetweenSpaces(_ text: String) -> [Int32]?

    /// A text that, between spaces, encodes to exactly `[id]`; `nil` if there is none, as for special tokens.
    func insertableText(for id: Int) -> String?

    /// Place of an ordinary token in the order of frequency that the vocabulary implies, 0 for the most frequent.
    ///
    /// `nil` for special, added and unused tokens.
    func frequencyRank(_ id: Int) -> Int?

    /// The logarithm of an ordinary token's share of all tokens, where the model states it, as Unigram does.
    func logProbability(_ id: Int) -> Double?

    /// Whether `id` is a reserved token such as `[unused7]`.
    func isUnused(_ id: Int) -> Bool
}
