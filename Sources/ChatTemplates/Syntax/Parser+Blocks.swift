extension Parser {
    /// Reads a block whose `{%` is taken.
    mutating func parseBlock() throws(ChatTemplateError) -> Statement.Kind {
        guard case .name(let word) = current else { throw unexpected("the name of a tag") }
        switch word {
        case "if": return try parseIf()
        case "for": return try parseFor()
        case "set": return try parseSet()
        case "macro": return try parseMacro()
        case "generation": return try parseGeneration()
        case "break", "continue":
            guard loops > 0 else { throw failure("'\(word)' stands outside a loop") }
            advance()
            try expectBlockEnd()
            return word == "break" ? .leaveLoop : .nextIteration
        case "elif", "else", "endif", "endfor", "endset", "endmacro", "endgeneration":
            throw failure("'\(word)' closes no block")
        default: throw failure("the tag '\(word.prefix(80))' is not run", .unsupportedTag)
        }
    }

    private mutating func parseIf() throws(ChatTemplateError) -> Statement.Kind {
        var branches: [Statement.Branch] = []
        while true {
            advance()
            let test = try parseTuple(allowsConditional: false)
            try expectBlockEnd()
            let body = try parseStatements(until: ["elif", "else", "endif"])
            branches.append(Statement.Branch(test: test, body: body))
            if current == .name("elif") { continue }
            let otherwise = try parseElse(end: "endif")
            return .conditional(branches, otherwise: otherwise)
        }
    }

    /// Reads `else` and its body if they stand here, and the end of the block.
    private mutating func parseElse(end: String) throws(ChatTemplateError) -> [Statement] {
        var otherwise: [Statement] = []
        if skipName("else") {
            try expectBlockEnd()
            otherwise = try parseStatements(until: [end])
        }
        advance()
        try expectBlockEnd()
        return otherwise
    }

    private mutating func parseFor() throws(ChatTemplateError) -> Statement.Kind {
        advance()
        let target = try parseTarget(allowsAttribute: false)
        guard skipName("in") else { throw unexpected("'in'") }
        let sequence = try parseTuple(allowsConditional: false, end: "recursive")
        let filter = skipName("if") ? try parseExpression() : nil
        guard current != .name("recursive") else { throw failure("a recursive loop is not run", .unsupportedTag) }
        try expectBlockEnd()
        scopes += 1
        loops += 1
        let body = try parseStatements(until: ["else", "endfor"])
        loops -= 1
        let otherwise = try parseElse(end: "endfor")
        scopes -= 1
        let loop = ForLoop(target: target, sequence: sequence, filter: filter, body: body, otherwise: otherwise)
        return .loop(loop)
    }

    private mutating func parseSet() throws(ChatTemplateError) -> Statement.Kind {
        advance()
        let target = try parseTarget(allowsAttribute: true)
        if skipSign("=") {
            let value = try parseTuple()
            try expectBlockEnd()
            return .assignment(target, value)
        }
        var filters: [FilterCall] = []
        while skipSign("|") { filters.append(try parseFilterCall()) }
        try expectBlockEnd()
        return .capture(target, filters, try parseScopedBody(end: "endset"))
    }

    private mutating func parseMacro() throws(ChatTemplateError) -> Statement.Kind {
        guard scopes == 0 else {
            throw failure("a macro is defined inside a loop, a macro or a captured text", .unsupportedTag)
        }
        advance()
        let name = try expectName()
        guard !Self.reservedNames.contains(name) else { throw failure("'\(name)' cannot name a macro") }
        try expectSign("(")
        var parameters: [(name: String, defaultValue: Expression?)] = []
        while !skipSign(")") {
            if !parameters.isEmpty { try expectSign(",") }
            let parameter = try expectName()
            guard !Self.reservedNames.contains(parameter), !parameters.contains(where: { $0.name == parameter }) else {
                throw failure("'\(parameter)' cannot name this parameter")
            }
            let value = skipSign("=") ? try parseExpression() : nil
            guard value != nil || parameters.last?.defaultValue == nil else {
                throw failure("the parameter '\(parameter)' has no default value but follows one that has")
            }
            parameters.append((parameter, value))
        }
        try expectBlockEnd()
        let body = try parseScopedBody(end: "endmacro")
        return .macro(MacroDefinition(name: name, parameters: parameters, body: body))
    }

    private mutating func parseGeneration() throws(ChatTemplateError) -> Statement.Kind {
        advance()
        try expectBlockEnd()
        return .generation(try parseScopedBody(end: "endgeneration"))
    }

    /// Reads a body with variables of its own, which loops outside it cannot be left from.
    private mutating func parseScopedBody(end: String) throws(ChatTemplateError) -> [Statement] {
        let outerLoops = loops
        loops = 0
        scopes += 1
        let body = try parseStatements(until: [end])
        loops = outerLoops
        scopes -= 1
        advance()
        try expectBlockEnd()
        return body
    }

    /// Names that stand for values and cannot be assigned.
    static let reservedNames: Set<String> = ["true", "false", "none", "True", "False", "None"]

    private mutating func parseTarget(allowsAttribute: Bool) throws(ChatTemplateError) -> Target {
        var parts = [try parseTargetPart(allowsAttribute: allowsAttribute)]
        var isTuple = false
        while skipSign(",") {
            isTuple = true
            if current == .name("in") || current == .sign("=") || current == .sign(")") || current == .blockEnd {
                break
            }
            parts.append(try parseTargetPart(allowsAttribute: allowsAttribute))
        }
        return isTuple ? .tuple(parts) : parts[0]
    }

    private mutating func parseTargetPart(allowsAttribute: Bool) throws(ChatTemplateError) -> Target {
        if skipSign("(") {
            try enter()
            defer { leave() }
            let inner = try parseTarget(allowsAttribute: false)
            try expectSign(")")
            return inner
        }
        let name = try expectName()
        guard !Self.reservedNames.contains(name) else { throw failure("'\(name)' cannot be assigned") }
        guard allowsAttribute, skipSign(".") else { return .name(name) }
        return .attribute(namespace: name, name: try expectName())
    }
}
