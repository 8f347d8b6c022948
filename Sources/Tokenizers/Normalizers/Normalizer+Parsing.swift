import StrictJSON

extension Normalizer {
    /// Names in tokenizer.json, for errors.
    static let supported = [
        "BertNormalizer", "ByteLevel", "Lowercase", "NFC", "NFD", "NFKC", "NFKD", "Nmt", "Precompiled", "Prepend",
        "Replace", "Sequence", "Strip", "StripAccents",
    ]

    /// Steps that a file may ask for.
    static let mostSteps = 64

    /// The normalizer that a component of tokenizer.json describes; `nil` stands for JSON null.
    init(_ node: JSONNode?) throws(TokenizerError) {
        steps = []
        if let node { try append(node) }
        guard steps.count <= Self.mostSteps else {
            throw TokenizerError(
                .tooLarge, file: node?.file ?? "",
                reason: "the normalizer has more than \(Self.mostSteps) steps; get the tokenizer again")
        }
    }

    private mutating func append(_ node: JSONNode) throws(TokenizerError) {
        switch try node.string("type") {
        case "Sequence": for part in try node.nodes("normalizers") { try append(part) }
        case "BertNormalizer":
            steps.append(
                .bert(
                    BertNormalizer(
                        cleansText: try node.bool("clean_text"),
                        separatesIdeographs: try node.bool("handle_chinese_chars"),
                        stripsAccents: try node.optionalBool("strip_accents"),
                        lowercases: try node.bool("lowercase"))))
        case "NFC": steps.append(.form(.nfc))
        case "NFD": steps.append(.form(.nfd))
        case "NFKC": steps.append(.form(.nfkc))
        case "NFKD": steps.append(.form(.nfkd))
        case "Lowercase": steps.append(.lowercase)
        case "StripAccents": steps.append(.stripAccents)
        case "Strip":
            steps.append(.strip(left: try node.bool("strip_left"), right: try node.bool("strip_right")))
        case "Replace":
            steps.append(
                .replace(try ReplacePattern(node), content: try Self.insertedText(node, "content")))
        case "Prepend":
            let text = try Self.insertedText(node, "prepend")
            // The reference loses count of the characters and may end in an error.
            guard !text.isEmpty else { throw node.invalid("prepend", "must not be empty; remove the step") }
            steps.append(.prepend(text))
        case "Nmt": steps.append(.nmt)
        case "Precompiled": steps.append(.precompiled(try PrecompiledMap(node)))
        case "ByteLevel": steps.append(.byteLevel)
        case let type: throw node.unsupported("normalizer", type, supported: Self.supported)
        }
    }

    /// The longest text that a normalizer inserts at one place, in bytes.
    static let longestInsertion = 64

    private static func insertedText(_ node: JSONNode, _ key: String) throws(TokenizerError) -> [UInt8] {
        let text = Array(try node.string(key).utf8)
        guard text.count <= longestInsertion else {
            throw node.invalid(key, "must have at most \(longestInsertion) bytes")
        }
        return text
    }
}
