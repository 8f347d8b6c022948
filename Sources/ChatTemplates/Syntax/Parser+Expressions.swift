extension Parser {
    /// Reads an expression, or a tuple of several parted by commas.
    mutating func parseTuple(
        allowsConditional: Bool = true, end: String? = nil, isBracketed: Bool = false
    ) throws(ChatTemplateError) -> Expression {
        let line = line
        var parts: [Expression] = []
        var isTuple = false
        while !isTupleEnd(end) {
            parts.append(try allowsConditional ? parseExpression() : parseAny())
            guard skipSign(",") else { break }
            isTuple = true
        }
        if !isTuple {
            if let only = parts.first { return only }
            guard isBracketed else { throw unexpected("an expression") }
        }
        return try node(.tuple(parts), line: line)
    }

    private func isTupleEnd(_ end: String?) -> Bool {
        switch current {
        case .variableEnd, .blockEnd, .sign(")"): true
        case .name(let name): name == end
        default: false
        }
    }

    /// Reads an expression with the inline form `a if b else c`.
    mutating func parseExpression() throws(ChatTemplateError) -> Expression {
        try enter()
        defer { leave() }
        let line = line
        var expression = try parseAny()
        while skipName("if") {
            let test = try parseAny()
            let otherwise = skipName("else") ? try parseExpression() : nil
            expression = try node(.conditional(test: test, then: expression, otherwise: otherwise), line: line)
        }
        return expression
    }

    /// Reads operands joined by `or`.
    mutating func parseAny() throws(ChatTemplateError) -> Expression {
        let line = line
        var parts = [try parseAll()]
        while skipName("or") { parts.append(try parseAll()) }
        return parts.count == 1 ? parts[0] : try node(.any(parts), line: line)
    }

    private mutating func parseAll() throws(ChatTemplateError) -> Expression {
        let line = line
        var parts = [try parseNot()]
        while skipName("and") { parts.append(try parseNot()) }
        return parts.count == 1 ? parts[0] : try node(.all(parts), line: line)
    }

    private mutating func parseNot() throws(ChatTemplateError) -> Expression {
        let line = line
        guard skipName("not") else { return try parseComparison() }
        try enter()
        defer { leave() }
        return try node(.not(try parseNot()), line: line)
    }

    private mutating func parseComparison() throws(ChatTemplateError) -> Expression {
        let line = line
        let first = try parseSum()
        var rest: [(sign: String, operand: Expression)] = []
        while let sign = takeComparisonSign() { rest.append((sign, try parseSum())) }
        return rest.isEmpty ? first : try node(.comparison(first, rest), line: line)
    }

    private mutating func takeComparisonSign() -> String? {
        switch current {
        case .sign(let sign):
            guard ["==", "!=", "<", "<=", ">", ">="].contains(sign) else { return nil }
            advance()
            return sign
        case .name("in"):
            advance()
            return "in"
        case .name("not"):
            guard following == .name("in") else { return nil }
            advance()
            advance()
            return "not in"
        default: return nil
        }
    }

    private mutating func parseSum() throws(ChatTemplateError) -> Expression {
        let line = line
        let first = try parseConcatenation()
        var rest: [(sign: String, operand: Expression)] = []
        while let sign = takeSign(of: ["+", "-"]) { rest.append((sign, try parseConcatenation())) }
        return rest.isEmpty ? first : try node(.arithmetic(first, rest), line: line)
    }

    private mutating func parseConcatenation() throws(ChatTemplateError) -> Expression {
        let line = line
        var parts = [try parseProduct()]
        while skipSign("~") { parts.append(try parseProduct()) }
        return parts.count == 1 ? parts[0] : try node(.concatenation(parts), line: line)
    }

    private mutating func parseProduct() throws(ChatTemplateError) -> Expression {
        let line = line
        let first = try parsePower()
        var rest: [(sign: String, operand: Expression)] = []
        while let sign = takeSign(of: ["*", "/", "//", "%"]) { rest.append((sign, try parsePower())) }
        return rest.isEmpty ? first : try node(.arithmetic(first, rest), line: line)
    }

    private mutating func parsePower() throws(ChatTemplateError) -> Expression {
        let line = line
        let first = try parseUnary()
        var rest: [(sign: String, operand: Expression)] = []
        while skipSign("**") { rest.append(("**", try parseUnary())) }
        return rest.isEmpty ? first : try node(.arithmetic(first, rest), line: line)
    }

    private mutating func takeSign(of signs: [String]) -> String? {
        guard case .sign(let sign) = current, signs.contains(sign) else { return nil }
        advance()
        return sign
    }

    private mutating func parseUnary(allowsFilters: Bool = true) throws(ChatTemplateError) -> Expression {
        let line = line
        var expression: Expression
        if let sign = takeSign(of: ["-", "+"]) {
            try enter()
            defer { leave() }
            let operand = try parseUnary(allowsFilters: false)
            expression = try node(sign == "-" ? .negative(operand) : .positive(operand), line: line)
        } else {
            expression = try parsePrimary()
        }
        expression = try parsePostfix(expression)
        return allowsFilters ? try parseFilters(expression) : expression
    }
}
