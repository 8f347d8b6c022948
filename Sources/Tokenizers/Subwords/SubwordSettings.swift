import StrictJSON

/// A subword model as tokenizer.json describes it, without its vocabulary.
enum SubwordSettings: Sendable, Equatable {
    case wordPiece(WordPiece.Settings)
    case bytePairs(BytePairEncoding.Settings)
    case unigram(Unigram.Settings)

    /// Names in tokenizer.json, for errors.
    static let supported = [BytePairEncoding.algorithm, Unigram.algorithm, WordPiece.algorithm]

    /// What `model` of tokenizer.json describes; older files leave out the type.
    init(_ node: JSONNode) throws(TokenizerError) {
        switch node.value("type") == nil ? Self.impliedType(node) : try node.string("type") {
        case WordPiece.algorithm: self = .wordPiece(try WordPiece.Settings(node))
        case BytePairEncoding.algorithm: self = .bytePairs(try BytePairEncoding.Settings(node))
        case Unigram.algorithm: self = .unigram(try Unigram.Settings(node))
        case let type: throw node.unsupported("model", type, supported: Self.supported)
        }
    }

    private static func impliedType(_ node: JSONNode) -> String {
        if node.value("merges") != nil { return BytePairEncoding.algorithm }
        return node.value("vocab")?.arrayValue == nil ? WordPiece.algorithm : Unigram.algorithm
    }

    /// Tokens and ids of `model`, in file order: an object of token and id, or a list of token and score.
    static func entries(_ node: JSONNode) throws(TokenizerError) -> [(token: String, id: Int)] {
        var entries: [(token: String, id: Int)] = []
        if let list = node.value("vocab")?.arrayValue {
            entries.reserveCapacity(list.count)
            for (id, entry) in list.enumerated() {
                guard let token = entry.arrayValue?.first?.stringValue else {
                    throw node.invalid("vocab", "must have a token and its score at place \(id)")
                }
                entries.append((token, id))
            }
            return entries
        }
        return try pairs(node.node("vocab"))
    }

    /// Tokens and ids of an object.
    static func pairs(_ node: JSONNode) throws(TokenizerError) -> [(token: String, id: Int)] {
        var entries: [(token: String, id: Int)] = []
        entries.reserveCapacity(node.object.count)
        for member in node.object.members {
            guard let id = member.value.intValue else {
                throw node.invalid(quoted(member.key), "must be an integer id")
            }
            entries.append((member.key, id))
        }
        return entries
    }
}

extension WordPiece.Settings {
    fileprivate init(_ node: JSONNode) throws(TokenizerError) {
        self.init(
            unknownToken: try node.string("unk_token"),
            continuationPrefix: try node.string("continuing_subword_prefix"),
            maxWordCharacters: try node.integer("max_input_chars_per_word", in: 0...WordPiece.longestWord))
    }
}

extension BytePairEncoding.Settings {
    fileprivate init(_ node: JSONNode) throws(TokenizerError) {
        if let dropout = node.value("dropout"), dropout.doubleValue != 0 {
            throw TokenizerError(
                .unsupportedComponent, file: node.file,
                reason: "\(node.path).dropout makes ids random, which an audit cannot follow; set it to null")
        }
        func text(_ key: String) throws(TokenizerError) -> String {
            let text = node.value(key) == nil ? "" : try node.string(key)
            guard text.utf8.count <= Normalizer.longestInsertion else {
                throw node.invalid(key, "must have at most \(Normalizer.longestInsertion) bytes")
            }
            return text
        }
        self.init(
            merges: try Self.merges(node),
            unknownToken: node.value("unk_token") == nil ? nil : try node.string("unk_token"),
            continuationPrefix: try text("continuing_subword_prefix"), endSuffix: try text("end_of_word_suffix"),
            fusesUnknown: try node.bool("fuse_unk", default: false),
            fallsBackToBytes: try node.bool("byte_fallback", default: false),
            ignoresMerges: try node.bool("ignore_merges", default: false))
    }

    /// Merges as pairs of tokens, or in the older form as two tokens with a space between them.
    private static func merges(_ node: JSONNode) throws(TokenizerError) -> [Pair] {
        var pairs: [Pair] = []
        for (place, value) in try node.array("merges").enumerated() {
            let parts = value.arrayValue?.map(\.stringValue) ?? value.stringValue.map(Self.halves) ?? []
            guard parts.count == 2, let left = parts[0], let right = parts[1] else {
                throw node.invalid("merges", "must have two tokens at place \(place)")
            }
            pairs.append(Pair(left: left, right: right))
        }
        return pairs
    }

    private static func halves(_ text: String) -> [String?] {
        text.utf8.split(separator: 0x20, omittingEmptySubsequences: false).map { String($0) }
    }
}

extension Unigram.Settings {
    fileprivate init(_ node: JSONNode) throws(TokenizerError) {
        for (id, entry) in try node.array("vocab").enumerated() {
            guard let pair = entry.arrayValue, pair.count == 2, let score = pair[1].doubleValue else {
                throw node.invalid("vocab", "must have a token and its score at place \(id)")
            }
            scores.append(ReferenceNumber.read(score))
        }
        unknownID = node.value("unk_id") == nil ? nil : try node.integer("unk_id", in: 0...Int(Int32.max))
        fallsBackToBytes = try node.bool("byte_fallback", default: false)
    }
}
