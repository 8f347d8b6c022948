/// How much longer a tokenizer's steps can make a text, so that none from a file makes a short text fill the memory.
enum Growth {
    /// How many bytes one byte may become; published tokenizers stay below 3,000.
    static let most = 4096

    /// Refuses steps that together may exceed `most`.
    static func check(_ normalizer: Normalizer, _ preTokenizer: PreTokenizer, file: String) throws(TokenizerError) {
        var total = 1
        for factor in normalizer.steps.map(\.growth) + preTokenizer.steps.map(\.growth) {
            let (product, overflow) = total.multipliedReportingOverflow(by: factor)
            guard !overflow, product <= most else {
                throw TokenizerError(
                    .tooLarge, file: file,
                    reason: "its normalizer and pre-tokenizer can make a text more than \(most) times as long; get the "
                        + "tokenizer again")
            }
            total = product
        }
    }
}

extension Normalizer.Step {
    /// How many bytes one byte becomes at most.
    fileprivate var growth: Int {
        switch self {
        case .bert, .lowercase, .byteLevel: 2
        case .form(let form): form == .nfkc || form == .nfkd ? 11 : 3
        case .stripAccents, .strip, .nmt: 1
        case .replace(let pattern, let content): max(1, (content.count - 1) / pattern.shortestMatch + 1)
        case .prepend(let text): 1 + text.count
        case .precompiled(let map): max(1, map.longestText)
        }
    }
}

extension ReplacePattern {
    /// Bytes of the shortest match.
    fileprivate var shortestMatch: Int {
        switch self {
        case .text(let text): max(1, text.count)
        case .spaces(let count), .whitespace(let count): count
        case .lineBreakOrTab: 1
        }
    }
}

extension PreTokenizer.Step {
    /// How many bytes one byte becomes at most, one word being no shorter than a byte.
    fileprivate var growth: Int {
        switch self {
        case .metaspace(let metaspace): 1 + metaspace.replacement.count
        case .byteLevel(let byteLevel): byteLevel.addsPrefixSpace ? 4 : 2
        default: 1
        }
    }
}
