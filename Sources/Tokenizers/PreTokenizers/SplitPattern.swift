/// What divides words: fixed text, a class of characters, or an expression recognised by its exact text.
enum SplitPattern: Sendable, Equatable {
    /// These bytes, at least one.
    case text([UInt8])
    /// The empty text, which lies before every character and at the end.
    case empty
    /// One white space character.
    case whitespace
    /// One character of the categories N*.
    case numeric
    /// One character of ASCII punctuation and symbols or the categories P* of Unicode 8.0.
    case punctuation
    /// `\w+|[^\w\s]+`.
    case wordsAndSymbols
    /// `\p{N}{1,count}`.
    case digitGroup(Int)
    /// Words that follow one another without gaps.
    case words(WordPattern)

    /// Appends the words that `bytes[word]` becomes.
    func cut(
        _ bytes: [UInt8], _ word: Range<Int>, _ behavior: SplitBehavior, inverted: Bool, _ words: inout [Range<Int>]
    ) {
        if self == .empty {
            if behavior != .removed || !inverted { Self.cutCharacters(bytes, word, &words) }
            return
        }
        var parts: [SplitPart] = []
        var done = word.lowerBound
        while let match = nextMatch(in: bytes, from: done, to: word.upperBound) {
            if behavior == .isolated {
                if done < match.lowerBound { words.append(done..<match.lowerBound) }
                words.append(match)
            } else {
                if done < match.lowerBound {
                    parts.append(SplitPart(range: done..<match.lowerBound, isMatch: inverted))
                }
                parts.append(SplitPart(range: match, isMatch: !inverted))
            }
            done = match.upperBound
        }
        if behavior == .isolated {
            if done < word.upperBound { words.append(done..<word.upperBound) }
            return
        }
        if done < word.upperBound { parts.append(SplitPart(range: done..<word.upperBound, isMatch: inverted)) }
        behavior.join(parts, into: &words)
    }

    /// The first match at `start` or later; `nil` if there is none before `end`.
    private func nextMatch(in bytes: [UInt8], from start: Int, to end: Int) -> Range<Int>? {
        switch self {
        case .words(let pattern):
            start < end ? start..<pattern.wordEnd(in: bytes, from: start, to: end) : nil
        case .text(let text): ByteSearch.first(text, in: bytes, start..<end)
        case .empty: nil
        case .whitespace: Self.next(bytes, start, end) { $0.properties.isWhitespace }
        case .numeric: Self.next(bytes, start, end, where: \.isNumeric)
        case .punctuation: Self.next(bytes, start, end, where: \.isBertPunctuation)
        case .digitGroup(let count): Self.digitGroup(bytes, start, end, count)
        case .wordsAndSymbols: Self.wordOrSymbols(bytes, start, end)
        }
    }

    private static func cutCharacters(_ bytes: [UInt8], _ word: Range<Int>, _ words: inout [Range<Int>]) {
        var index = word.lowerBound
        while index < word.upperBound {
            let start = index
            _ = UTF8Decoding.next(bytes, &index, end: word.upperBound)
            words.append(start..<index)
        }
    }

    /// The first character that `matches`.
    private static func next(
        _ bytes: [UInt8], _ start: Int, _ end: Int, where matches: (Unicode.Scalar) -> Bool
    ) -> Range<Int>? {
        var index = start
        while index < end {
            let place = index
            if matches(UTF8Decoding.next(bytes, &index, end: end)) { return place..<index }
        }
        return nil
    }

    private static func digitGroup(_ bytes: [UInt8], _ start: Int, _ end: Int, _ count: Int) -> Range<Int>? {
        func isNumber(_ index: inout Int) -> Bool { RegexClass.next(bytes, &index, end: end) == .number }
        var index = start
        while index < end {
            let place = index
            guard isNumber(&index) else { continue }
            for _ in 1..<max(1, count) where index < end {
                var next = index
                guard isNumber(&next) else { break }
                index = next
            }
            return place..<index
        }
        return nil
    }

    private static func wordOrSymbols(_ bytes: [UInt8], _ start: Int, _ end: Int) -> Range<Int>? {
        var index = start
        while index < end {
            let place = index
            let scalar = UTF8Decoding.next(bytes, &index, end: end)
            if scalar.properties.isWhitespace { continue }
            let isWord = scalar.isWordCharacter
            while index < end {
                var next = index
                let following = UTF8Decoding.next(bytes, &next, end: end)
                guard !following.properties.isWhitespace, following.isWordCharacter == isWord else { break }
                index = next
            }
            return place..<index
        }
        return nil
    }
}

/// Search for fixed bytes.
enum ByteSearch {
    /// Where `text` first lies in `bytes[range]`; `nil` if it does not, or is empty.
    static func first(_ text: [UInt8], in bytes: [UInt8], _ range: Range<Int>) -> Range<Int>? {
        guard let first = text.first, range.count >= text.count else { return nil }
        for start in range.lowerBound...range.upperBound - text.count where bytes[start] == first {
            if bytes[start..<start + text.count].elementsEqual(text) { return start..<start + text.count }
        }
        return nil
    }
}
