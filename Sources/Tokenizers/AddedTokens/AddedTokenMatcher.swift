/// Finds added tokens in text: leftmost first, and of several at one place the longest.
struct AddedTokenMatcher: Sendable {
    private let trie: ByteTrie
    private let tokens: [Int32: AddedToken]
    /// Whether special tokens found in text are left as text.
    private let leavesSpecialTokens: Bool
    /// Whether some pattern begins with a byte.
    private var begins = [Bool](repeating: false, count: 256)

    /// A stretch of text.
    enum Segment {
        /// An added token.
        case token(Int32)
        /// Text between added tokens.
        case text(Range<Int>)
    }

    /// A matcher for tokens with their ids and patterns; `nil` for none.
    init?(
        _ entries: [(id: Int32, token: AddedToken, pattern: [UInt8])], leavesSpecialTokens: Bool, file: String
    ) throws(TokenizerError) {
        if entries.isEmpty { return nil }
        self.leavesSpecialTokens = leavesSpecialTokens
        var patterns: Set<[UInt8]> = []
        for (_, token, pattern) in entries {
            guard let first = pattern.first, patterns.insert(pattern).inserted else {
                throw TokenizerError(
                    .inconsistentAddedToken, file: file,
                    reason: "the added token \(quoted(token.content)) is empty or equal to another one once it is "
                        + "normalized; remove it")
            }
            begins[Int(first)] = true
        }
        trie = ByteTrie(entries.map { (key: $0.pattern[...], value: $0.id) })
        tokens = Dictionary(entries.map { ($0.id, $0.token) }) { first, _ in first }
    }

    /// Calls `body` with each segment of `bytes[range]`, in order, until it answers `false`.
    ///
    /// A token of white space that the token before it has already taken in whole is not a segment.
    ///
    /// - Returns: `false` if `body` ended it.
    func forEachSegment(in bytes: [UInt8], _ range: Range<Int>, _ body: (Segment) -> Bool) -> Bool {
        var done = range.lowerBound
        var index = done
        var whitespace = done..<done
        while index < range.upperBound {
            guard begins[Int(bytes[index])],
                let match = trie.longestMatch(in: bytes, index..<range.upperBound), let token = tokens[match.value]
            else {
                index += 1
                continue
            }
            var (start, end) = (index, match.end)
            index = end
            if leavesSpecialTokens, token.special { continue }
            if token.singleWord, touchesWord(bytes, start..<end, in: range) { continue }
            if token.stripsLeft { start = max(done, bytes.startOfWhitespace(before: start, from: done)) }
            if token.stripsRight {
                if !whitespace.contains(end) {
                    whitespace = end..<bytes.endOfWhitespace(from: end, to: range.upperBound)
                }
                end = whitespace.upperBound
            }
            if done < start, !body(.text(done..<start)) { return false }
            if start < end, !body(.token(match.value)) { return false }
            done = end
        }
        return done == range.upperBound || body(.text(done..<range.upperBound))
    }

    private func touchesWord(_ bytes: [UInt8], _ match: Range<Int>, in range: Range<Int>) -> Bool {
        var before = match.lowerBound
        if before > range.lowerBound,
            UTF8Decoding.previous(bytes, &before, start: range.lowerBound).isWordCharacter
        {
            return true
        }
        var after = match.upperBound
        return after < range.upperBound && UTF8Decoding.next(bytes, &after, end: range.upperBound).isWordCharacter
    }
}
