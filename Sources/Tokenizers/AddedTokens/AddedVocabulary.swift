/// The added tokens of a tokenizer, ready to be found in text.
struct AddedVocabulary: Sendable {
    /// Added tokens by id.
    let tokens: [Int32: AddedToken]
    /// Tokens looked for in the text as given.
    let raw: AddedTokenMatcher?
    /// Tokens looked for in normalized text.
    let normalized: AddedTokenMatcher?
    /// The highest id + 1, the vocabulary's included.
    let size: Int
    /// Ids of added tokens by UTF-8 bytes.
    private let ids: [[UInt8]: Int]

    /// Gives every token its id and checks that the file agrees.
    ///
    /// A token of the vocabulary keeps its id, others follow the vocabulary in order, as Hugging Face numbers them
    /// whatever the file says: a file that says otherwise is refused.
    init(
        _ list: [AddedToken], vocabulary: Vocabulary, normalizer: Normalizer, leavesSpecialTokens: Bool, file: String
    ) throws(TokenizerError) {
        var tokens: [Int32: AddedToken] = [:]
        var ids: [[UInt8]: Int] = [:]
        var next = vocabulary.count
        for token in list {
            let known = vocabulary.id(of: token.content)
            let id = known ?? next
            if known == nil { next += 1 }
            guard ids.updateValue(id, forKey: Array(token.content.utf8)) == nil else {
                throw TokenizerError(
                    .inconsistentAddedToken, file: file,
                    reason: "the added token \(quoted(token.content)) occurs twice; remove one")
            }
            guard token.id == nil || token.id == id else {
                throw TokenizerError(
                    .inconsistentAddedToken, file: file,
                    reason: "the added token \(quoted(token.content)) has id \(token.id ?? id), but \(id) is what "
                        + "the vocabulary makes it; the ids must agree")
            }
            guard id < Int(Int32.max), known != nil || vocabulary.token(id) == nil else {
                throw TokenizerError(
                    .duplicateID, file: file,
                    reason: "id \(id) belongs to the added token \(quoted(token.content)) and to another token; "
                        + "ids must be unique")
            }
            tokens[Int32(truncatingIfNeeded: id)] = token
        }
        self.tokens = tokens
        self.ids = ids
        size = max(vocabulary.size, next)
        let sorted = tokens.sorted { $0.key < $1.key }
        raw = try AddedTokenMatcher(
            sorted.filter { !$0.value.normalized }.map { ($0.key, $0.value, Array($0.value.content.utf8)) },
            leavesSpecialTokens: leavesSpecialTokens, file: file)
        normalized = try AddedTokenMatcher(
            sorted.filter(\.value.normalized).map { ($0.key, $0.value, normalizer.normalized($0.value.content)) },
            leavesSpecialTokens: leavesSpecialTokens, file: file)
    }

    /// The id of the added token with exactly the bytes of `token`.
    func id(of token: String) -> Int? { ids[Array(token.utf8)] }
}
