/// The regular expressions by which byte-level tokenizers cut text into words, recognised by their exact text.
///
/// Each is a hand-written matcher: an expression from a file is never run. Every one of them matches at each place, so
/// that words follow one another without gaps.
enum WordPattern: Sendable, Equatable {
    /// GPT-2, RoBERTa: contractions, and runs of letters, digits or other characters with a space before them.
    case gpt2
    /// GPT-4, Llama 3, Qwen: words take any one character before them, digits come in groups.
    case grouped(digits: Int, marksAreLetters: Bool)
    /// GPT-4o, Llama 4, Mistral's Tekken: as `grouped`, and words end where small letters are followed by a capital.
    case cased(digits: Int, contractions: Bool)

    /// Where the word that begins at `start` ends; `start` must be below `end`.
    @inline(__always)
    func wordEnd(in bytes: [UInt8], from start: Int, to end: Int) -> Int {
        switch self {
        case .gpt2: Self.gpt2End(bytes, start, end)
        case .grouped(let digits, let marks): Self.groupedEnd(bytes, start, end, digits, marks)
        case .cased(let digits, let contractions): CasedWords(bytes, end, digits, contractions).wordEnd(from: start)
        }
    }
}

extension WordPattern {
    /// `'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+`
    private static func gpt2End(_ bytes: [UInt8], _ start: Int, _ end: Int) -> Int {
        let byte = bytes[start]
        if byte == apostrophe, let contraction = contractionEnd(bytes, start, end, ignoresCase: false) {
            return contraction
        }
        var index = start
        var kind = gpt2Class(bytes, &index, end)
        if byte == 0x20, index < end {
            var afterSpace = index
            let following = gpt2Class(bytes, &afterSpace, end)
            if !following.isWhitespace { (index, kind) = (afterSpace, following) }
        }
        if kind.isWhitespace { return whitespaceEnd(bytes, start, end) }
        while index < end {
            var next = index
            guard gpt2Class(bytes, &next, end) == kind else { break }
            index = next
        }
        return index
    }

    @inline(__always)
    private static func gpt2Class(_ bytes: [UInt8], _ index: inout Int, _ end: Int) -> RegexClass {
        let kind = RegexClass.next(bytes, &index, end: end)
        return kind == .mark ? .other : kind
    }

    /// `(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+`
    /// and its variants.
    private static func groupedEnd(
        _ bytes: [UInt8], _ start: Int, _ end: Int, _ digits: Int, _ marksAreLetters: Bool
    ) -> Int {
        @inline(__always)
        func kind(_ index: inout Int) -> RegexClass {
            let kind = RegexClass.next(bytes, &index, end: end)
            return kind == .mark ? (marksAreLetters ? .mark : .other) : kind
        }
        @inline(__always)
        func run(from place: Int, while matches: (RegexClass) -> Bool) -> Int {
            var index = place
            while index < end {
                var next = index
                guard matches(kind(&next)) else { break }
                index = next
            }
            return index
        }
        if bytes[start] == apostrophe, let contraction = contractionEnd(bytes, start, end, ignoresCase: true) {
            return contraction
        }
        var index = start
        let first = kind(&index)
        if first == .letter || first == .mark { return run(from: index) { $0 == .letter || $0 == .mark } }
        if first == .number {
            for _ in 1..<max(1, digits) where index < end {
                var next = index
                guard kind(&next) == .number else { break }
                index = next
            }
            return index
        }
        if first != .newline, index < end {
            var next = index
            let second = kind(&next)
            if second == .letter || second == .mark { return run(from: next) { $0 == .letter || $0 == .mark } }
            if bytes[start] == 0x20, second == .other { index = next }
        }
        if first == .other || index > start + 1 && bytes[start] == 0x20 {
            return run(from: run(from: index) { $0 == .other }) { $0 == .newline }
        }
        return newlineEnd(bytes, start, end) ?? whitespaceEnd(bytes, start, end)
    }

    static let apostrophe = UInt8(ascii: "'")

    /// The end of `'s`, `'t`, `'re`, `'ve`, `'m`, `'ll` or `'d`, which the apostrophe at `start` may begin.
    static func contractionEnd(_ bytes: [UInt8], _ start: Int, _ end: Int, ignoresCase: Bool) -> Int? {
        func letter(_ offset: Int) -> UInt8? {
            guard start + offset < end else { return nil }
            let byte = bytes[start + offset]
            return ignoresCase && 0x41...0x5A ~= byte ? byte | 0x20 : byte
        }
        switch letter(1) {
        case UInt8(ascii: "s"), UInt8(ascii: "t"), UInt8(ascii: "m"), UInt8(ascii: "d"): return start + 2
        case UInt8(ascii: "r"), UInt8(ascii: "v"): return letter(2) == UInt8(ascii: "e") ? start + 3 : nil
        case UInt8(ascii: "l"): return letter(2) == UInt8(ascii: "l") ? start + 3 : nil
        // The long s, U+017F, is an s when case is ignored.
        case 0xC5: return ignoresCase && letter(2) == 0xBF ? start + 3 : nil
        default: return nil
        }
    }

    /// `\s*[\r\n]+`: white space up to its last line break; `nil` if it has none.
    static func newlineEnd(_ bytes: [UInt8], _ start: Int, _ end: Int) -> Int? {
        var index = start
        var last: Int?
        while index < end {
            let kind = RegexClass.next(bytes, &index, end: end)
            if kind == .newline { last = index } else if kind != .space { break }
        }
        return last
    }

    /// `\s+(?!\S)|\s+`: white space without its last character, unless that is all or the text ends with it.
    static func whitespaceEnd(_ bytes: [UInt8], _ start: Int, _ end: Int) -> Int {
        var index = start
        var last = start
        while index < end {
            var next = index
            guard RegexClass.next(bytes, &next, end: end).isWhitespace else { break }
            last = index
            index = next
        }
        return index == end || last == start ? index : last
    }
}
