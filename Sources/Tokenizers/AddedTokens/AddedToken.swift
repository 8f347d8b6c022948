/// A token that is found in the text itself, before words are divided.
struct AddedToken: Sendable, Equatable {
    /// The token's text.
    var content: String
    /// The id that the file gives it; `nil` where only the text is named, as in special_tokens_map.json.
    var id: Int?
    /// Whether word characters on either side prevent a match.
    var singleWord = false
    /// Whether a match takes in the white space to its left.
    var stripsLeft = false
    /// Whether a match takes in the white space to its right.
    var stripsRight = false
    /// Whether the token is looked for in normalized text, in its own normalized form.
    var normalized: Bool
    /// Whether the token is markup, never part of a text's meaning.
    var special: Bool

    /// The longest content that is accepted, in bytes.
    static let longestContent = 1024
}

extension AddedToken {
    /// A special token known by its text alone.
    init(special content: String) {
        self.init(content: content, normalized: false, special: true)
    }

    /// An entry of `added_tokens` or `added_tokens_decoder`, or a token object of special_tokens_map.json.
    init(_ node: JSONNode, id: Int?) throws(TokenizerError) {
        let special = try node.bool("special", default: false)
        self.init(
            content: try node.string("content"), id: id, singleWord: try node.bool("single_word", default: false),
            stripsLeft: try node.bool("lstrip", default: false), stripsRight: try node.bool("rstrip", default: false),
            normalized: try node.bool("normalized", default: !special), special: special)
        self = try checked(node.path, file: node.file)
    }

    /// The token itself, unless it is empty or too long.
    func checked(_ path: String, file: String) throws(TokenizerError) -> AddedToken {
        guard !content.isEmpty, content.utf8.count <= Self.longestContent else {
            throw TokenizerError(
                .inconsistentAddedToken, file: file,
                reason: "\(path) is empty or longer than \(Self.longestContent) bytes; remove it")
        }
        return self
    }

    /// The same token as a special one.
    var markedSpecial: AddedToken {
        var token = self
        token.special = true
        return token
    }
}
