/// Reads tokens into statements, by the grammar of Jinja.
struct Parser {
    let file: String
    let limits: TemplateLimits
    private let tokens: [Token]
    private var position = 0
    /// Open blocks and brackets.
    private var nesting = 0
    /// Open loops, macros and blocks that have variables of their own.
    var scopes = 0
    var loops = 0

    init(_ source: String, file: String, limits: TemplateLimits) throws(ChatTemplateError) {
        guard source.unicodeScalars.count <= limits.maxSource else {
            throw ChatTemplateError(
                .tooLarge, file: file, line: 0, reason: "the template has more than \(limits.maxSource) code points")
        }
        self.file = file
        self.limits = limits
        var lexer = Lexer(source, file: file)
        tokens = try lexer.tokenize()
    }

    mutating func parse() throws(ChatTemplateError) -> [Statement] {
        let statements = try parseStatements(until: [])
        guard current == .end else { throw failure("\(current.shown) is out of place") }
        return statements
    }

    /// Reads statements up to a block that starts with one of `words`, whose `{%` is taken and whose word is not.
    mutating func parseStatements(until words: [String]) throws(ChatTemplateError) -> [Statement] {
        try enter()
        defer { leave() }
        var statements: [Statement] = []
        while true {
            let line = line
            switch current {
            case .data(let text):
                advance()
                statements.append(Statement(kind: .text(text), line: line))
            case .variableBegin:
                advance()
                let expression = try parseTuple()
                guard current == .variableEnd else { throw unexpected("'}}'") }
                advance()
                statements.append(Statement(kind: .output(expression), line: line))
            case .blockBegin:
                advance()
                if case .name(let word) = current, words.contains(word) { return statements }
                statements.append(Statement(kind: try parseBlock(), line: line))
            default:
                guard words.isEmpty else { throw failure("the template ends before '\(words.last ?? "")'") }
                return statements
            }
        }
    }
}

extension Parser {
    var current: Token.Kind { tokens[position].kind }

    var line: Int { tokens[position].line }

    /// The token after the current one.
    var following: Token.Kind { tokens[min(position + 1, tokens.count - 1)].kind }

    /// Steps over the current token; the last one, the end, stays.
    mutating func advance() {
        position = min(position + 1, tokens.count - 1)
    }

    mutating func skip(_ kind: Token.Kind) -> Bool {
        guard current == kind else { return false }
        advance()
        return true
    }

    mutating func skipSign(_ sign: String) -> Bool { skip(.sign(sign)) }

    mutating func skipName(_ name: String) -> Bool { skip(.name(name)) }

    mutating func expectSign(_ sign: String) throws(ChatTemplateError) {
        guard skipSign(sign) else { throw unexpected("'\(sign)'") }
    }

    mutating func expectName() throws(ChatTemplateError) -> String {
        guard case .name(let name) = current else { throw unexpected("a name") }
        advance()
        return name
    }

    mutating func expectBlockEnd() throws(ChatTemplateError) {
        guard skip(.blockEnd) else { throw unexpected("'%}'") }
    }

    mutating func enter() throws(ChatTemplateError) {
        nesting += 1
        guard nesting <= limits.maxNesting else {
            throw failure("blocks or brackets are nested deeper than \(limits.maxNesting) levels", .tooDeep)
        }
    }

    mutating func leave() {
        nesting -= 1
    }

    /// A node, refused when it is too many levels high.
    func node(_ kind: Expression.Kind, line: Int) throws(ChatTemplateError) -> Expression {
        let node = Expression(kind, line: line)
        guard node.depth <= limits.maxNesting else {
            throw failure("an expression is nested deeper than \(limits.maxNesting) levels", .tooDeep)
        }
        return node
    }

    func unexpected(_ wanted: String) -> ChatTemplateError {
        failure("\(wanted) is missing before \(current.shown)")
    }

    func failure(_ reason: String, _ code: ChatTemplateError.Code = .syntax) -> ChatTemplateError {
        ChatTemplateError(code, file: file, line: line, reason: reason)
    }
}
