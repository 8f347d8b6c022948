extension Interpreter {
    /// The value of an expression.
    func value(of expression: Expression) throws(ChatTemplateError) -> Value {
        try descend()
        defer { ascend() }
        let outerLine = meter.line
        meter.line = expression.line
        let value = try evaluate(expression.kind)
        meter.line = outerLine
        return value
    }

    private func evaluate(_ kind: Expression.Kind) throws(ChatTemplateError) -> Value {
        switch kind {
        case .literal(let literal): return Value(literal)
        case .name(let name): return try variable(name)
        case .attribute(let base, let name): return try attribute(name, of: try value(of: base))
        case .item(let base, let key):
            let container = try value(of: base)
            return try item(of: container, try value(of: key))
        case .test(let base, let call):
            let subject = try value(of: base)
            return .bool(try operations.test(call.name, subject, try values(of: call.arguments)))
        case .filter(let base, let call): return try apply(call, to: try value(of: base))
        case .call(let base, let arguments): return try call(base, arguments)
        case .conditional(let test, let then, let otherwise):
            if try value(of: test).isTrue { return try value(of: then) }
            return try otherwise.map { branch throws(ChatTemplateError) in try value(of: branch) }
                ?? .undefined("the other branch of an inline if")
        default: return try evaluateOperator(kind)
        }
    }

    private func evaluateOperator(_ kind: Expression.Kind) throws(ChatTemplateError) -> Value {
        switch kind {
        case .arithmetic(let first, let rest):
            var result = try value(of: first)
            for link in rest { result = try operations.arithmetic(result, link.sign, try value(of: link.operand)) }
            return result
        case .comparison(let first, let rest): return .bool(try compare(first, rest))
        case .not(let base): return .bool(try !value(of: base).isTrue)
        case .all(let parts): return try firstValue(of: parts, that: false)
        case .any(let parts): return try firstValue(of: parts, that: true)
        case .negative(let base): return try operations.negated(try value(of: base))
        case .positive(let base): return try operations.positive(try value(of: base))
        case .concatenation(let parts): return try operations.joined(try values(of: parts), "")
        default: return try evaluateContainer(kind)
        }
    }

    private func evaluateContainer(_ kind: Expression.Kind) throws(ChatTemplateError) -> Value {
        switch kind {
        case .list(let parts): return try meter.array(.list, try values(of: parts))
        case .tuple(let parts): return try meter.array(.tuple, try values(of: parts))
        case .mapping(let members):
            try meter.chargeElements(members.count)
            let mapping = Mapping()
            for member in members {
                let key = try value(of: member.key)
                let value = try value(of: member.value)
                try meter.checkData(value)
                mapping.set(try operations.key(key), as: key, to: value)
            }
            return .mapping(mapping)
        case .slice(let base, let from, let to, let by):
            let container = try value(of: base)
            let bounds = try [from, to, by].map { bound throws(ChatTemplateError) in
                try bound.map { node throws(ChatTemplateError) in try value(of: node) } ?? .null
            }
            return try operations.slice(container, from: bounds[0], to: bounds[1], by: bounds[2])
        default: throw meter.failure(.unsupportedOperation, "an expression of this kind is not run")
        }
    }

    private func variable(_ name: String) throws(ChatTemplateError) -> Value {
        if let value = scope.value(of: name) { return value }
        if let builtin = Builtin(rawValue: name) { return .function(builtin) }
        guard !Builtin.hidden.contains(name), !name.hasPrefix("__") else {
            throw meter.failure(.unsupportedFunction, "the global '\(name)' is not given")
        }
        return .undefined(name)
    }

    private func attribute(_ name: String, of value: Value) throws(ChatTemplateError) -> Value {
        guard case .loop(let state) = value else { return try operations.attribute(value, name) }
        return try attribute(name, of: state)
    }

    private func item(of value: Value, _ key: Value) throws(ChatTemplateError) -> Value {
        guard case .loop(let state) = value, case .string(let name) = key else {
            return try operations.item(value, key)
        }
        return try attribute(name.string, of: state)
    }

    private func compare(
        _ first: Expression, _ rest: [(sign: String, operand: Expression)]
    ) throws(ChatTemplateError) -> Bool {
        var left = try value(of: first)
        for link in rest {
            let right = try value(of: link.operand)
            guard try operations.compare(left, link.sign, right) else { return false }
            left = right
        }
        return true
    }

    /// The first value that is as true as `wanted` says, or the last one.
    private func firstValue(of parts: [Expression], that wanted: Bool) throws(ChatTemplateError) -> Value {
        var last = Value.bool(!wanted)
        for part in parts {
            last = try value(of: part)
            if last.isTrue == wanted { return last }
        }
        return last
    }

    private func values(of parts: [Expression]) throws(ChatTemplateError) -> [Value] {
        try parts.map { part throws(ChatTemplateError) in try value(of: part) }
    }

    func values(of arguments: Arguments) throws(ChatTemplateError) -> CallArguments {
        CallArguments(
            positional: try values(of: arguments.positional),
            named: try arguments.named.map { argument throws(ChatTemplateError) in
                (argument.name, try value(of: argument.value))
            })
    }

    func apply(_ filter: FilterCall, to value: Value) throws(ChatTemplateError) -> Value {
        try operations.filter(filter.name, value, try values(of: filter.arguments))
    }
}

extension Value {
    init(_ literal: Literal) {
        switch literal {
        case .null: self = .null
        case .bool(let value): self = .bool(value)
        case .integer(let value): self = .integer(value)
        case .float(let value): self = .float(value)
        case .string(let text): self = .string(text)
        }
    }
}
