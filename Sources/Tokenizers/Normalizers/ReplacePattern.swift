/// What a `Replace` normalizer looks for: fixed text, or an expression recognised by its exact text.
enum ReplacePattern: Sendable, Equatable {
    case text([UInt8])
    /// At least so many spaces in a row.
    case spaces(atLeast: Int)
    /// At least so many white space characters in a row.
    case whitespace(atLeast: Int)
    /// A line feed, carriage return or tab; with `spaces`, first of all two or more white space characters in a row.
    case lineBreakOrTab(orSpaces: Bool)

    /// Appends `bytes[range]` with matches replaced by `content`.
    func replace(_ bytes: [UInt8], _ range: Range<Int>, by content: [UInt8], into output: inout [UInt8]) {
        var done = range.lowerBound
        while let match = nextMatch(in: bytes, from: done, to: range.upperBound) {
            output.append(contentsOf: bytes[done..<match.lowerBound])
            output.append(contentsOf: content)
            done = match.upperBound
        }
        output.append(contentsOf: bytes[done..<range.upperBound])
    }

    /// The first match at `start` or later; `nil` if there is none before `end`.
    func nextMatch(in bytes: [UInt8], from start: Int, to end: Int) -> Range<Int>? {
        switch self {
        case .text(let text): ByteSearch.first(text, in: bytes, start..<end)
        case .spaces(let count): Self.run(bytes, start, end, count) { $0 == " " }
        case .whitespace(let count): Self.run(bytes, start, end, count) { $0.properties.isWhitespace }
        case .lineBreakOrTab(let orSpaces): Self.lineBreak(bytes, start, end, orSpaces)
        }
    }

    private static func lineBreak(_ bytes: [UInt8], _ start: Int, _ end: Int, _ orSpaces: Bool) -> Range<Int>? {
        func isWhitespace(_ index: inout Int) -> Bool {
            UTF8Decoding.next(bytes, &index, end: end).properties.isWhitespace
        }
        var index = start
        while index < end {
            let place = index
            guard isWhitespace(&index) else { continue }
            var afterRun = index
            while orSpaces, afterRun < end {
                var next = afterRun
                guard isWhitespace(&next) else { break }
                afterRun = next
            }
            if afterRun > index { return place..<afterRun }
            if bytes[place] == 0x0A || bytes[place] == 0x0D || bytes[place] == 0x09 { return place..<index }
        }
        return nil
    }

    /// The first run of at least `count` characters that `matches`.
    private static func run(
        _ bytes: [UInt8], _ start: Int, _ end: Int, _ count: Int, where matches: (Unicode.Scalar) -> Bool
    ) -> Range<Int>? {
        var index = start
        var first = start
        var length = 0
        while index < end {
            let place = index
            if matches(UTF8Decoding.next(bytes, &index, end: end)) {
                if length == 0 { first = place }
                length += 1
            } else {
                if length >= count { return first..<place }
                length = 0
            }
        }
        return length >= count ? first..<end : nil
    }
}

extension ReplacePattern {
    /// The value of `pattern`: fixed text, or one of the known expressions.
    init(_ node: JSONNode) throws(TokenizerError) {
        let pattern = try node.node("pattern")
        if pattern.value("String") != nil {
            let text = Array(try pattern.string("String").utf8)
            guard (1...Normalizer.longestInsertion).contains(text.count) else {
                throw pattern.invalid("String", "must have from 1 to \(Normalizer.longestInsertion) bytes")
            }
            self = .text(text)
            return
        }
        let expression = try pattern.string("Regex")
        guard let known = Self.known.first(where: { $0.expression == expression }) else {
            throw TokenizerError(
                .unsupportedComponent, file: node.file,
                reason: "the expression \(quoted(expression)) of \(node.path) is not supported; supported: "
                    + "\(Self.known.map { quoted($0.expression) }.joined(separator: ", "))")
        }
        self = known.pattern
    }

    private static let known: [(expression: String, pattern: ReplacePattern)] = [
        (" {2,}", .spaces(atLeast: 2)), (" +", .spaces(atLeast: 1)), (#"\s+"#, .whitespace(atLeast: 1)),
        (#"\s{2,}"#, .whitespace(atLeast: 2)), (#"[\n\r\t]"#, .lineBreakOrTab(orSpaces: false)),
        (#"\s{2,}|[\n\r\t]"#, .lineBreakOrTab(orSpaces: true)), (#"\n"#, .text([0x0A])),
    ]
}
