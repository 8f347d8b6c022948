/// SentencePiece's treatment of spaces: each becomes a visible character, and words begin with it.
struct Metaspace: Sendable, Equatable {
    /// The visible character in UTF-8, normally `▁`.
    var replacement: [UInt8]
    var prepends: Prepending
    /// Whether a word ends before each visible character.
    var divides: Bool

    /// Which words get the visible character when they begin with none.
    enum Prepending: String, Sendable, Equatable {
        case always
        /// Only words that stand for the text's first character.
        case first
        case never
    }

    /// Cuts every word of `list`.
    func cut(_ list: inout WordList) {
        list.rewrite { bytes, word, isStart in
            let startsWithIt = bytes[word.lowerBound] == 0x20 || bytes[word].starts(with: replacement)
            let prepended =
                switch prepends {
                case .always: !startsWithIt
                case .first: !startsWithIt && isStart
                case .never: false
                }
            return prepended ? replacement : []
        } characters: { bytes, range, output in
            for byte in bytes[range] {
                if byte == 0x20 { output.append(contentsOf: replacement) } else { output.append(byte) }
            }
        }
        guard divides, let first = replacement.first else { return }
        list.cut { bytes, word, parts in
            var start = word.lowerBound
            var index = start + 1
            while index < word.upperBound {
                if bytes[index] == first, bytes[index..<word.upperBound].starts(with: replacement) {
                    parts.append(start..<index)
                    start = index
                }
                index += 1
            }
            parts.append(start..<word.upperBound)
        }
    }
}
