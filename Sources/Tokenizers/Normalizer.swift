/// The known normalizers of tokenizer.json.
enum Normalizer: Sendable, Equatable {
    /// The text stays as it is.
    case none
    case bert(BertNormalizer)

    /// Names in tokenizer.json, for errors.
    static let supported = ["BertNormalizer"]

    /// Appends the normalized form of `bytes[range]`, whole scalars of UTF-8, to `output`.
    func normalize(_ bytes: [UInt8], _ range: Range<Int>, into output: inout [UInt8]) {
        switch self {
        case .none: output.append(contentsOf: bytes[range])
        case .bert(let normalizer): normalizer.normalize(bytes, range, into: &output)
        }
    }

    /// The normalized form of a whole text.
    func normalized(_ text: String) -> [UInt8] {
        let bytes = Array(text.utf8)
        var output: [UInt8] = []
        normalize(bytes, bytes.indices, into: &output)
        return output
    }
}

extension Normalizer {
    /// The normalizer that a component of tokenizer.json describes; `nil` stands for JSON null.
    init(_ node: JSONNode?) throws(TokenizerError) {
        guard let node else {
            self = .none
            return
        }
        switch try node.string("type") {
        case "BertNormalizer":
            self = .bert(
                BertNormalizer(
                    cleansText: try node.bool("clean_text"),
                    separatesIdeographs: try node.bool("handle_chinese_chars"),
                    stripsAccents: try node.optionalBool("strip_accents"),
                    lowercases: try node.bool("lowercase")))
        case let type: throw node.unsupported("normalizer", type, supported: Self.supported)
        }
    }
}
