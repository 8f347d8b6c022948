extension Parser {
    /// Reads a literal, a name or a bracket.
    mutating func parsePrimary() throws(ChatTemplateError) -> Expression {
        let line = line
        switch current {
        case .name(let name):
            advance()
            return try node(Self.named(name), line: line)
        case .string(var text):
            advance()
            while case .string(let next) = current {
                text.scalars += next.scalars
                advance()
            }
            return try node(.literal(.string(text)), line: line)
        case .integer(let value):
            advance()
            return try node(.literal(.integer(value)), line: line)
        case .float(let value):
            advance()
            return try node(.literal(.float(value)), line: line)
        case .sign("("):
            advance()
            let inner = try parseTuple(isBracketed: true)
            try expectSign(")")
            return inner
        case .sign("["):
            advance()
            return try node(.list(try parseElements()), line: line)
        case .sign("{"):
            advance()
            return try node(.mapping(try parseMembers()), line: line)
        default: throw unexpected("an expression")
        }
    }

    private static func named(_ name: String) -> Expression.Kind {
        switch name {
        case "true", "True": .literal(.bool(true))
        case "false", "False": .literal(.bool(false))
        case "none", "None": .literal(.null)
        default: .name(name)
        }
    }

    private mutating func parseElements() throws(ChatTemplateError) -> [Expression] {
        var elements: [Expression] = []
        while !skipSign("]") {
            if !elements.isEmpty {
                try expectSign(",")
                if skipSign("]") { break }
            }
            elements.append(try parseExpression())
        }
        return elements
    }

    private mutating func parseMembers() throws(ChatTemplateError) -> [(key: Expression, value: Expression)] {
        var members: [(key: Expression, value: Expression)] = []
        while !skipSign("}") {
            if !members.isEmpty {
                try expectSign(",")
                if skipSign("}") { break }
            }
            let key = try parseExpression()
            try expectSign(":")
            members.append((key, try parseExpression()))
        }
        return members
    }

    /// Reads attributes, items and calls after an operand.
    mutating func parsePostfix(_ operand: Expression) throws(ChatTemplateError) -> Expression {
        var expression = operand
        while true {
            let line = line
            if skipSign(".") {
                if case .integer(let index) = current {
                    advance()
                    let key = try node(.literal(.integer(index)), line: line)
                    expression = try node(.item(expression, key), line: line)
                } else {
                    expression = try node(.attribute(expression, try expectName()), line: line)
                }
            } else if skipSign("[") {
                expression = try parseItem(of: expression, line: line)
            } else if current == .sign("(") {
                expression = try node(.call(expression, try parseArguments()), line: line)
            } else {
                return expression
            }
        }
    }

    private mutating func parseItem(of base: Expression, line: Int) throws(ChatTemplateError) -> Expression {
        guard current != .sign(":") else { return try parseSlice(of: base, from: nil, line: line) }
        let key = try parseExpression()
        if current == .sign(":") { return try parseSlice(of: base, from: key, line: line) }
        guard skipSign("]") else { throw unexpected("']'") }
        return try node(.item(base, key), line: line)
    }

    private mutating func parseSlice(
        of base: Expression, from: Expression?, line: Int
    ) throws(ChatTemplateError) -> Expression {
        try expectSign(":")
        let to = current == .sign(":") || current == .sign("]") ? nil : try parseExpression()
        let by = skipSign(":") && current != .sign("]") ? try parseExpression() : nil
        try expectSign("]")
        return try node(.slice(base, from: from, to: to, by: by), line: line)
    }

    /// Reads filters, tests and calls after an operand.
    mutating func parseFilters(_ operand: Expression) throws(ChatTemplateError) -> Expression {
        var expression = operand
        while true {
            let line = line
            if skipSign("|") {
                expression = try node(.filter(expression, try parseFilterCall()), line: line)
            } else if skipName("is") {
                expression = try parseTest(of: expression, line: line)
            } else if current == .sign("(") {
                expression = try node(.call(expression, try parseArguments()), line: line)
            } else {
                return expression
            }
        }
    }

    /// Reads the name of a filter and its arguments.
    mutating func parseFilterCall() throws(ChatTemplateError) -> FilterCall {
        let line = line
        let name = try expectName()
        guard current != .sign(".") else { throw failure("a filter's name has no dot") }
        let arguments = current == .sign("(") ? try parseArguments() : Arguments()
        return FilterCall(name: name, arguments: arguments, line: line)
    }

    private mutating func parseTest(of operand: Expression, line: Int) throws(ChatTemplateError) -> Expression {
        let isNegated = skipName("not")
        let name = try expectName()
        var arguments = Arguments()
        switch current {
        case .sign("("): arguments = try parseArguments()
        case .name("else"), .name("or"), .name("and"): break
        case .name("is"): throw failure("a test cannot follow a test")
        case .name, .string, .integer, .float, .sign("["), .sign("{"):
            arguments.positional = [try parsePostfix(try parsePrimary())]
        default: break
        }
        let call = FilterCall(name: name, arguments: arguments, line: line)
        let test = try node(.test(operand, call), line: line)
        return isNegated ? try node(.not(test), line: line) : test
    }

    private mutating func parseArguments() throws(ChatTemplateError) -> Arguments {
        try expectSign("(")
        var arguments = Arguments()
        var isFirst = true
        while !skipSign(")") {
            if !isFirst {
                try expectSign(",")
                if skipSign(")") { break }
            }
            isFirst = false
            if current == .sign("*") || current == .sign("**") {
                throw failure("arguments unpacked by '*' are not run", .unsupportedFunction)
            }
            if case .name(let name) = current, following == .sign("=") {
                advance()
                advance()
                arguments.named.append((name, try parseExpression()))
            } else {
                guard arguments.named.isEmpty else { throw failure("an argument without name follows a named one") }
                arguments.positional.append(try parseExpression())
            }
        }
        return arguments
    }
}
