extension Operations {
    /// Whether the test `name` holds for `value`.
    func test(_ name: String, _ value: Value, _ arguments: CallArguments) throws(ChatTemplateError) -> Bool {
        try meter.charge()
        if let holds = try typeTest(name, value) {
            _ = try arguments.bound(to: [], of: name, meter)
            return holds
        }
        guard let sign = Self.signs[name] else {
            throw meter.failure(.unsupportedTest, "the test '\(name.prefix(80))' is not run")
        }
        guard let other = try arguments.bound(to: ["other"], required: 1, of: name, meter)[0] else { return false }
        switch sign {
        case "divisibleby":
            let rest = try arithmetic(value, "%", other)
            return try areEqual(rest, .integer(0))
        case "sameas": return try areSame(value, other)
        default: return try compare(value, sign, other)
        }
    }

    /// Tests that compare with an argument, by the sign they stand for.
    private static let signs = [
        "eq": "==", "equalto": "==", "==": "==", "ne": "!=", "!=": "!=", "lt": "<", "lessthan": "<", "<": "<",
        "le": "<=", "<=": "<=", "gt": ">", "greaterthan": ">", ">": ">", "ge": ">=", ">=": ">=", "in": "in",
        "divisibleby": "divisibleby", "sameas": "sameas",
    ]

    private func areSame(_ left: Value, _ right: Value) throws(ChatTemplateError) -> Bool {
        switch (left, right) {
        case (.null, .null): return true
        case (.bool(let a), .bool(let b)): return a == b
        case (.null, _), (_, .null), (.bool, _), (_, .bool): return false
        default: throw meter.failure(.unsupportedOperation, "'sameas' of two objects is not run")
        }
    }

    /// Tests without argument; `nil` when `name` is none of them.
    private func typeTest(_ name: String, _ value: Value) throws(ChatTemplateError) -> Bool? {
        switch (name, value) {
        case ("defined", _): return !value.isUndefined
        case ("undefined", _): return value.isUndefined
        case ("none", .null), ("boolean", .bool), ("integer", .integer), ("float", .float): return true
        case ("string", .string), ("string", .markup), ("mapping", .mapping): return true
        case ("number", .integer), ("number", .float), ("number", .bool): return true
        case ("true", .bool(let flag)): return flag
        case ("false", .bool(let flag)): return !flag
        case ("iterable", .string), ("iterable", .array), ("iterable", .mapping), ("iterable", .undefined),
            ("iterable", .stream), ("iterable", .markup), ("iterable", .loop):
            return true
        case ("sequence", .string), ("sequence", .mapping), ("sequence", .undefined), ("sequence", .markup): return true
        case ("sequence", .array(let array)): return array.kind.isIndexed
        case ("callable", .macro), ("callable", .function), ("callable", .method), ("callable", .undefined): return true
        case ("none", _), ("boolean", _), ("integer", _), ("float", _), ("string", _), ("mapping", _), ("number", _),
            ("true", _), ("false", _), ("iterable", _), ("sequence", _), ("callable", _):
            return false
        case ("odd", _), ("even", _):
            let rest = try arithmetic(value, "%", .integer(2))
            return try areEqual(rest, .integer(name == "odd" ? 1 : 0))
        case ("lower", _): return try text(of: value).isLower
        case ("upper", _): return try text(of: value).isUpper
        default: return nil
        }
    }
}
