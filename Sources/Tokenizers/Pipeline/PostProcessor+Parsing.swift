import StrictJSON

extension PostProcessor {
    /// The post-processor that a component of tokenizer.json describes.
    ///
    /// Its special tokens must have the ids that `vocabulary` and `added` give them.
    init(_ node: JSONNode, vocabulary: Vocabulary, added: AddedVocabulary) throws(TokenizerError) {
        try self.init(node, SpecialTokenCheck(vocabulary: vocabulary, added: added, file: node.file))
    }

    private init(_ node: JSONNode, _ check: SpecialTokenCheck) throws(TokenizerError) {
        switch try node.string("type") {
        case "TemplateProcessing": try self.init(template: node, check)
        case "BertProcessing":
            self = .bert(cls: try check.id(inTupleOf: "cls", node), sep: try check.id(inTupleOf: "sep", node))
        case "RobertaProcessing":
            self = .roberta(cls: try check.id(inTupleOf: "cls", node), sep: try check.id(inTupleOf: "sep", node))
        case "ByteLevel": self = .none
        case "Sequence": try self.init(sequence: node, check)
        case let type: throw node.unsupported("post-processor", type, supported: Self.supported)
        }
    }

    /// `ByteLevel` only moves offsets, so that of a sequence one processor at most may add tokens.
    private init(sequence node: JSONNode, _ check: SpecialTokenCheck) throws(TokenizerError) {
        var adding: [PostProcessor] = []
        for part in try node.nodes("processors") where try part.string("type") != "ByteLevel" {
            adding.append(try PostProcessor(part, check))
        }
        guard adding.count <= 1 else {
            throw TokenizerError(
                .unsupportedComponent, file: node.file,
                reason: "\(node.path) adds special tokens more than once; supported: one processor beside ByteLevel")
        }
        self = adding.first ?? .none
    }

    private init(template node: JSONNode, _ check: SpecialTokenCheck) throws(TokenizerError) {
        let tokens = try node.optionalNode("special_tokens")
        single = try Self.parts(node, "single", tokens, check)
        pair = try Self.parts(node, "pair", tokens, check)
        let texts = { (parts: [Part]) in parts.filter { $0.specialTokenCount == 0 } }
        let usesEachOnce =
            if case .first = texts(single).first, texts(single).count == 1, texts(pair).count == 2 {
                texts(pair).contains { if case .first = $0 { true } else { false } }
                    && texts(pair).contains { if case .second = $0 { true } else { false } }
            } else {
                false
            }
        guard usesEachOnce else {
            throw TokenizerError(
                .inconsistentTemplate, file: node.file,
                reason: "\(node.path) must use the text A once in `single`, and A and B once each in `pair`")
        }
    }

    /// Special tokens of one template; each text gets them all.
    private static let mostSpecialTokens = 64

    private static func parts(
        _ node: JSONNode, _ key: String, _ tokens: JSONNode?, _ check: SpecialTokenCheck
    ) throws(TokenizerError) -> [Part] {
        var parts: [Part] = []
        var specialCount = 0
        for piece in try node.nodes(key) {
            if let sequence = try piece.optionalNode("Sequence") {
                let typeID = try check.typeID(sequence)
                switch try sequence.string("id") {
                case "A": parts.append(.first(typeID: typeID))
                case "B": parts.append(.second(typeID: typeID))
                default: throw sequence.invalid("id", "must be A or B")
                }
            } else {
                let special = try piece.node("SpecialToken")
                let name = try special.string("id")
                guard let token = try tokens?.optionalNode(name) else {
                    throw TokenizerError(
                        .inconsistentTemplate, file: node.file,
                        reason: "\(special.path) names \(quoted(name)), which \(node.path).special_tokens does not list"
                    )
                }
                let ids = try check.ids(token)
                specialCount += ids.count
                guard specialCount <= mostSpecialTokens else {
                    throw node.invalid(key, "must not have more than \(mostSpecialTokens) special tokens")
                }
                parts.append(.special(ids, typeID: try check.typeID(special)))
            }
        }
        return parts
    }
}

/// Reads special tokens of a post-processor and compares their ids with the vocabulary.
private struct SpecialTokenCheck {
    let vocabulary: Vocabulary
    let added: AddedVocabulary
    let file: String

    /// The ids of an entry of `special_tokens`.
    func ids(_ node: JSONNode) throws(TokenizerError) -> [Int32] {
        let (ids, names) = (try node.array("ids"), try node.array("tokens"))
        guard !ids.isEmpty, ids.count == names.count else {
            throw node.invalid("ids", "must be as many as the tokens beside it, at least one")
        }
        var result: [Int32] = []
        for (id, name) in zip(ids, names) { result.append(try checked(id.intValue, name.stringValue, node.path)) }
        return result
    }

    /// The id of a `[token, id]` pair.
    func id(inTupleOf key: String, _ node: JSONNode) throws(TokenizerError) -> Int32 {
        let tuple = try node.array(key)
        guard tuple.count == 2 else { throw node.invalid(key, "must be a token and its id") }
        return try checked(tuple[1].intValue, tuple[0].stringValue, node.place(key))
    }

    /// The segment of a template's piece.
    func typeID(_ node: JSONNode) throws(TokenizerError) -> Int32 {
        Int32(truncatingIfNeeded: try node.integer("type_id", in: 0...255))
    }

    private func checked(_ id: Int?, _ token: String?, _ path: String) throws(TokenizerError) -> Int32 {
        guard let token, let id, let known = added.id(of: token) ?? vocabulary.id(of: token), known == id else {
            throw TokenizerError(
                .inconsistentTemplate, file: file,
                reason: "\(path) gives \(quoted(token ?? "")) an id that the vocabulary does not; the ids must agree")
        }
        return Int32(truncatingIfNeeded: id)
    }
}
