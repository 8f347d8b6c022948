/// The words of GPT-4o and its relatives, whose capitals begin words:
///
/// `P?U*L+(?i:'s|'t|'re|'ve|'m|'ll|'d)?|P?U+L*(?i:…)?|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n/]*|\s*[\r\n]+|\s+(?!\S)|\s+`
///
/// P is any character but letters, digits and line breaks, U `[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]` and L
/// `[\p{Ll}\p{Lm}\p{Lo}\p{M}]`.
struct CasedWords {
    private let bytes: [UInt8]
    private let end: Int
    private let digits: Int
    private let contractions: Bool

    init(_ bytes: [UInt8], _ end: Int, _ digits: Int, _ contractions: Bool) {
        (self.bytes, self.end, self.digits, self.contractions) = (bytes, end, digits, contractions)
    }

    private enum Kind {
        case capital, small
        /// In U and in L.
        case uncased
        case mark, number, newline, space, other

        var isLetter: Bool { self == .capital || self == .small || self == .uncased || self == .mark }
    }

    /// Where the word that begins at `start` ends.
    func wordEnd(from start: Int) -> Int {
        var index = start
        let first = kind(&index)
        if first.isLetter, first != .mark { return letters(from: start).map(contracted) ?? index }
        // A mark goes with small letters after it; before capitals it is a small letter for itself.
        if first == .mark { return contracted(letters(from: index, capitals: false) ?? index) }
        if first != .newline, first != .number, let word = letters(from: index) { return contracted(word) }
        if first == .number {
            for _ in 1..<max(1, digits) where index < end {
                var next = index
                guard kind(&next) == .number else { break }
                index = next
            }
            return index
        }
        if bytes[start] == 0x20, index < end {
            var next = index
            let second = kind(&next)
            if second == .other || second == .mark { return symbols(from: next) }
        }
        if first == .other { return symbols(from: index) }
        return WordPattern.newlineEnd(bytes, start, end) ?? WordPattern.whitespaceEnd(bytes, start, end)
    }

    /// `U*L+`, or else with `capitals` also `U+L*`: the end of the letters at `start`; `nil` if there are none.
    private func letters(from start: Int, capitals: Bool = true) -> Int? {
        var index = start
        var afterUncased: Int?
        while index < end {
            var next = index
            let kind = kind(&next)
            if kind == .uncased || kind == .mark { afterUncased = next } else if kind != .capital { break }
            index = next
        }
        let small = run(from: index) { $0 == .small || $0 == .uncased || $0 == .mark }
        if small > index { return small }
        return afterUncased ?? (capitals && index > start ? index : nil)
    }

    private func symbols(from start: Int) -> Int {
        var index = run(from: start) { $0 == .other || $0 == .mark }
        while index < end, bytes[index] == 0x0A || bytes[index] == 0x0D || bytes[index] == UInt8(ascii: "/") {
            index += 1
        }
        return index
    }

    private func contracted(_ place: Int) -> Int {
        guard contractions, place < end, bytes[place] == WordPattern.apostrophe else { return place }
        return WordPattern.contractionEnd(bytes, place, end, ignoresCase: true) ?? place
    }

    private func run(from start: Int, while matches: (Kind) -> Bool) -> Int {
        var index = start
        while index < end {
            var next = index
            guard matches(kind(&next)) else { break }
            index = next
        }
        return index
    }

    private func kind(_ index: inout Int) -> Kind {
        let byte = bytes[index]
        if byte < 0x80 {
            index += 1
            switch byte {
            case 0x61...0x7A: return .small
            case 0x41...0x5A: return .capital
            case 0x30...0x39: return .number
            case 0x0A, 0x0D: return .newline
            case 0x20, 0x09, 0x0B, 0x0C: return .space
            default: return .other
            }
        }
        let scalar = UTF8Decoding.next(bytes, &index, end: end)
        switch scalar.regexClass {
        case .mark: return .mark
        case .number: return .number
        case .newline: return .newline
        case .space: return .space
        case .other: return .other
        case .letter: break
        }
        switch scalar.properties.generalCategory {
        case .uppercaseLetter, .titlecaseLetter: return .capital
        case .lowercaseLetter: return .small
        // U+0295 was a small letter before Unicode 17.0.
        default: return scalar.value == 0x295 ? .small : .uncased
        }
    }
}
