/// The known pre-tokenizers of tokenizer.json: they cut normalized text into words.
enum PreTokenizer: Sendable, Equatable {
    /// The whole text is one word.
    case none
    /// White space separates words, every punctuation character is a word.
    case bert

    /// Names in tokenizer.json, for errors.
    static let supported = ["BertPreTokenizer"]

    /// Whether words never reach across a space, so that a word's tokens do not depend on its neighbours.
    var separatesAtSpaces: Bool { self == .bert }

    /// Calls `body` with the place of each word of `bytes[range]`, in order, until it answers `false`.
    ///
    /// - Returns: `false` if `body` ended it.
    @inline(__always)
    func forEachWord(in bytes: [UInt8], _ range: Range<Int>, _ body: (Range<Int>) -> Bool) -> Bool {
        switch self {
        case .none: range.isEmpty || body(range)
        case .bert: BertPreTokenizer.forEachWord(in: bytes, range, body)
        }
    }
}

extension PreTokenizer {
    /// The pre-tokenizer that a component of tokenizer.json describes; `nil` stands for JSON null.
    init(_ node: JSONNode?) throws(TokenizerError) {
        guard let node else {
            self = .none
            return
        }
        switch try node.string("type") {
        case "BertPreTokenizer": self = .bert
        case let type: throw node.unsupported("pre-tokenizer", type, supported: Self.supported)
        }
    }
}

/// BERT's pre-tokenization.
enum BertPreTokenizer {
    /// As `PreTokenizer.forEachWord`.
    @inline(__always)
    static func forEachWord(in bytes: [UInt8], _ range: Range<Int>, _ body: (Range<Int>) -> Bool) -> Bool {
        var start = range.lowerBound
        var index = start
        while index < range.upperBound {
            let position = index
            let kind = characterKind(bytes, &index, end: range.upperBound)
            if kind == .letter { continue }
            if start < position, !body(start..<position) { return false }
            if kind == .punctuation, !body(position..<index) { return false }
            start = index
        }
        return start == range.upperBound || body(start..<range.upperBound)
    }

    private enum Kind { case letter, punctuation, whitespace }

    @inline(__always)
    private static func characterKind(_ bytes: [UInt8], _ index: inout Int, end: Int) -> Kind {
        let byte = bytes[index]
        if byte < 0x80 {
            index += 1
            return ASCIIClass.isWhitespace(byte) ? .whitespace : ASCIIClass.isPunctuation(byte) ? .punctuation : .letter
        }
        let scalar = UTF8Decoding.next(bytes, &index, end: end)
        return scalar.properties.isWhitespace ? .whitespace : scalar.isBertPunctuation ? .punctuation : .letter
    }
}
