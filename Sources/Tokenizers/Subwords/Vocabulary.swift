/// Tokens and their ids, found by UTF-8 bytes: Swift's string equality would merge canonically equivalent tokens.
struct Vocabulary: Sendable {
    /// Tokens by id; `nil` in a hole.
    let tokens: [String?]
    /// How many tokens there are.
    let count: Int
    /// Ids by UTF-8 bytes.
    let trie: ByteTrie

    /// The longest token that is accepted, in bytes: the work for a text grows with it.
    static let longestToken = 4096

    /// The highest id + 1.
    var size: Int { tokens.count }

    /// A vocabulary from pairs in file order.
    ///
    /// Refused: an id outside 0 ... 2³¹ − 2, two tokens with one id, one token twice, a token that is too long, and ids
    /// so far apart that the tables would outgrow the file.
    init(_ entries: [(token: String, id: Int)], file: String) throws(TokenizerError) {
        if let long = entries.first(where: { $0.token.utf8.count > Self.longestToken }) {
            throw TokenizerError(
                .tooLarge, file: file,
                reason: "the token \(quoted(long.token)) is longer than \(Self.longestToken) bytes; get the tokenizer "
                    + "again")
        }
        let highest = entries.lazy.map(\.id).max() ?? -1
        guard entries.allSatisfy({ $0.id >= 0 }), highest < Int(Int32.max) else {
            throw TokenizerError(
                .invalidField, file: file, reason: "a token id is negative or too large; get the tokenizer again")
        }
        guard highest < 2 * entries.count + 1024 else {
            throw TokenizerError(
                .sparseIDs, file: file,
                reason: "the highest token id is \(highest) for \(entries.count) tokens; ids must be nearly consecutive"
            )
        }
        var tokens = [String?](repeating: nil, count: highest + 1)
        for (token, id) in entries {
            if let other = tokens[id] {
                throw TokenizerError(
                    .duplicateID, file: file,
                    reason: "id \(id) belongs to two tokens, \(quoted(other)) and \(quoted(token)); ids must be unique"
                )
            }
            tokens[id] = token
        }
        var keys = entries.map { (key: Array($0.token.utf8)[...], value: Int32(truncatingIfNeeded: $0.id)) }
        keys.sort { $0.key.bytesPrecede($1.key) }
        if let twice = zip(keys, keys.dropFirst()).first(where: { $0.key.elementsEqual($1.key) })?.0.key {
            throw TokenizerError(
                .duplicateToken, file: file,
                reason:
                    "the token \(quoted(String(decoding: twice, as: UTF8.self))) occurs twice; tokens must be unique"
            )
        }
        self.tokens = tokens
        count = entries.count
        trie = ByteTrie(keys)
    }

    /// The id of the token with exactly the bytes of `token`.
    func id(of token: String) -> Int? { trie.value(of: token.utf8).map(Int.init) }

    /// The token with `id`.
    func token(_ id: Int) -> String? { tokens.indices.contains(id) ? tokens[id] : nil }
}

/// A token inside a message: in quotes, control and invisible characters as code points, long ones cut.
func quoted(_ token: String) -> String {
    var text = "\""
    for scalar in token.unicodeScalars.prefix(40) {
        switch scalar.properties.generalCategory {
        case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator, .paragraphSeparator:
            text += "<U+\(String(scalar.value, radix: 16, uppercase: true))>"
        default: text.unicodeScalars.append(scalar)
        }
    }
    return text + (token.unicodeScalars.count > 40 ? "…\"" : "\"")
}
