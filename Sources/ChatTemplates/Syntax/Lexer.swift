/// Cuts a template into tokens by the rules of Jinja with `trim_blocks` and `lstrip_blocks` on, as transformers sets
/// them: the line feed after a block is dropped, and so is the white space between the start of a line and a block.
struct Lexer {
    let file: String
    let source: [Unicode.Scalar]
    var position = 0
    var line = 1
    var tokens: [Token] = []
    /// Whether the last tag or comment ended with a line feed, so that text after it starts a line.
    private var isAtLineStart = true

    init(_ template: String, file: String) {
        self.file = file
        source = Self.withPlainLineFeeds(template)
    }

    /// All line ends as line feeds, without the one that ends the last line.
    private static func withPlainLineFeeds(_ template: String) -> [Unicode.Scalar] {
        var result: [Unicode.Scalar] = []
        var follows = false
        for scalar in template.unicodeScalars {
            if scalar == "\n", follows {
                follows = false
                continue
            }
            follows = scalar == "\r"
            result.append(follows ? "\n" : scalar)
        }
        if result.last == "\n" { result.removeLast() }
        return result
    }

    mutating func tokenize() throws(ChatTemplateError) -> [Token] {
        while position < source.count {
            let open = nextOpening()
            guard open < source.count else {
                emitData(Text(scalars: Array(source[position...])))
                position = source.count
                break
            }
            try takeTag(openingAt: open)
        }
        tokens.append(Token(kind: .end, line: line))
        return tokens
    }

    private func nextOpening() -> Int {
        var place = position
        while place + 1 < source.count {
            if source[place] == "{" {
                switch source[place + 1] {
                case "{", "%", "#": return place
                default: break
                }
            }
            place += 1
        }
        return source.count
    }

    private mutating func takeTag(openingAt open: Int) throws(ChatTemplateError) {
        let text = Text(scalars: Array(source[position..<open]))
        let bracket = source[open + 1]
        let sign = signAfter(open + 2)
        emitData(text.trimmed(before: sign, isBlock: bracket != "{", startsLine: isAtLineStart))
        count(upTo: open)
        let start = open + 2 + (sign == nil ? 0 : 1)
        switch bracket {
        case "#": try takeComment(from: start)
        case "{":
            tokens.append(Token(kind: .variableBegin, line: line))
            count(upTo: start)
            try takeInside(isBlock: false)
        default:
            if let body = rawBody(after: start) {
                count(upTo: body)
                try takeRaw()
            } else {
                tokens.append(Token(kind: .blockBegin, line: line))
                count(upTo: start)
                try takeInside(isBlock: true)
            }
        }
        isAtLineStart = source[position - 1] == "\n"
    }

    private func signAfter(_ place: Int) -> Unicode.Scalar? {
        guard place < source.count, source[place] == "-" || source[place] == "+" else { return nil }
        return source[place]
    }

    private mutating func takeComment(from start: Int) throws(ChatTemplateError) {
        var close = start
        while !has("#}", at: close) {
            guard close < source.count else { throw failure("a comment has no end") }
            close += 1
        }
        let sign: Unicode.Scalar? = close > start ? signAfter(close - 1) : nil
        count(upTo: close + 2)
        skip(after: sign, isBlock: true)
    }

    /// Where the text of a raw block starts, if the block whose inside starts at `place` is one.
    private func rawBody(after place: Int) -> Int? {
        guard var end = word("raw", after: place) else { return nil }
        if has("%}", at: end) { return end + 2 }
        guard has("-%}", at: end) else { return nil }
        end += 3
        while end < source.count, source[end].isPythonSpace { end += 1 }
        return end
    }

    private mutating func takeRaw() throws(ChatTemplateError) {
        isAtLineStart = source[position - 1] == "\n"
        var open = position
        while open < source.count {
            if has("{%", at: open) {
                let sign = signAfter(open + 2)
                if let end = word("endraw", after: open + 2 + (sign == nil ? 0 : 1)) {
                    let endSign = signAfter(end)
                    let bracket = end + (endSign == nil ? 0 : 1)
                    if has("%}", at: bracket) {
                        let text = Text(scalars: Array(source[position..<open]))
                        emitData(text.trimmed(before: sign, isBlock: true, startsLine: isAtLineStart))
                        count(upTo: bracket + 2)
                        skip(after: endSign, isBlock: true)
                        return
                    }
                }
            }
            open += 1
        }
        throw failure("a raw block has no end")
    }

    /// The place after `word` and the white space around it, if it stands at `place`.
    private func word(_ word: String, after place: Int) -> Int? {
        var end = place
        while end < source.count, source[end].isPythonSpace { end += 1 }
        guard has(word, at: end) else { return nil }
        end += word.unicodeScalars.count
        while end < source.count, source[end].isPythonSpace { end += 1 }
        return end
    }

    private mutating func emitData(_ text: Text) {
        if text.count > 0 { tokens.append(Token(kind: .data(text), line: line)) }
    }
}

extension Lexer {
    func has(_ part: String, at place: Int) -> Bool {
        var place = place
        for scalar in part.unicodeScalars {
            guard place < source.count, source[place] == scalar else { return false }
            place += 1
        }
        return true
    }

    /// Moves to `place`, counting the lines on the way.
    mutating func count(upTo place: Int) {
        while position < place {
            if source[position] == "\n" { line += 1 }
            position += 1
        }
    }

    /// Skips what the end of a tag with `sign` takes with it: all white space, or after a plain block one line feed.
    mutating func skip(after sign: Unicode.Scalar?, isBlock: Bool) {
        if sign == "-" {
            while position < source.count, source[position].isPythonSpace { count(upTo: position + 1) }
        } else if sign == nil, isBlock, position < source.count, source[position] == "\n" {
            count(upTo: position + 1)
        }
    }

    func failure(_ reason: String) -> ChatTemplateError {
        ChatTemplateError(.syntax, file: file, line: line, reason: reason)
    }
}

extension Text {
    /// The text before a tag without the white space that the tag takes with it.
    fileprivate func trimmed(before sign: Unicode.Scalar?, isBlock: Bool, startsLine: Bool) -> Text {
        if sign == "-" { return stripped(atStart: false) }
        guard sign == nil, isBlock else { return self }
        let lineFeed = scalars.lastIndex(of: "\n")
        guard lineFeed != nil || startsLine else { return self }
        let start = lineFeed.map { $0 + 1 } ?? 0
        return scalars[start...].allSatisfy(\.isPythonSpace) ? self[0..<start] : self
    }
}
