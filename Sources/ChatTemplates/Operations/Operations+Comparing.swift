extension Operations {
    /// Whether two values are equal by Python's `==`.
    func areEqual(_ left: Value, _ right: Value) throws(ChatTemplateError) -> Bool {
        try meter.charge()
        switch (left, right) {
        case (.undefined, .undefined), (.null, .null): return true
        case (.string(let a), .string(let b)):
            try meter.charge(min(a.count, b.count) / 8)
            return a == b
        case (.array(let a), .array(let b)): return try areEqual(a, b)
        case (.mapping(let a), .mapping(let b)): return try areEqual(a, b)
        case (.markup, _), (_, .markup), (.stream, _), (_, .stream), (.namespace, _), (_, .namespace), (.loop, _),
            (_, .loop), (.macro, _), (_, .macro), (.function, _), (_, .function), (.method, _), (_, .method):
            throw meter.unfit(left.isData ? right : left, for: "a comparison")
        default:
            if let a = left.wholeNumber, let b = right.wholeNumber { return a == b }
            guard let a = left.number, let b = right.number else { return false }
            return a == b
        }
    }

    private func areEqual(_ left: ArrayValue, _ right: ArrayValue) throws(ChatTemplateError) -> Bool {
        guard left.kind.isIndexed, right.kind.isIndexed else {
            throw meter.failure(.unsupportedOperation, "a comparison of a view of a mapping is not run")
        }
        guard left.kind == right.kind, left.elements.count == right.elements.count else { return false }
        for (a, b) in zip(left.elements, right.elements) where try !areEqual(a, b) { return false }
        return true
    }

    private func areEqual(_ left: Mapping, _ right: Mapping) throws(ChatTemplateError) -> Bool {
        guard left.count == right.count else { return false }
        for (name, value) in zip(left.keys, left.values) {
            guard let other = right[try key(name)], try areEqual(value, other) else { return false }
        }
        return true
    }

    /// Whether `left` comes before `right` by Python's `<`.
    func isLess(_ left: Value, _ right: Value) throws(ChatTemplateError) -> Bool {
        try meter.charge()
        switch (left, right) {
        case (.string(let a), .string(let b)):
            try meter.charge(min(a.count, b.count) / 8)
            return a < b
        case (.array(let a), .array(let b)) where a.kind == b.kind && (a.kind == .list || a.kind == .tuple):
            for (first, second) in zip(a.elements, b.elements) where try !areEqual(first, second) {
                return try isLess(first, second)
            }
            return a.elements.count < b.elements.count
        default:
            if let a = left.wholeNumber, let b = right.wholeNumber { return a < b }
            guard let a = left.number else { throw meter.unfit(left, for: "an order") }
            guard let b = right.number else { throw meter.unfit(right, for: "an order") }
            return a < b
        }
    }

    /// One link of a chain of comparisons.
    func compare(_ left: Value, _ sign: String, _ right: Value) throws(ChatTemplateError) -> Bool {
        switch sign {
        case "==": return try areEqual(left, right)
        case "!=": return try !areEqual(left, right)
        case "in": return try contains(right, left)
        case "not in": return try !contains(right, left)
        case "<": return try isLess(left, right)
        case ">": return try isLess(right, left)
        case "<=": return try isLess(left, right) ? true : areEqual(left, right)
        default: return try isLess(right, left) ? true : areEqual(left, right)
        }
    }

    /// `elements` in the order of `keys`, equal ones in the order in which they stood.
    func sorted(_ elements: [Value], by keys: [Value], descending: Bool) throws(ChatTemplateError) -> [Value] {
        var order = Array(elements.indices)
        var failure: ChatTemplateError?
        order.sort { a, b in
            guard failure == nil else { return false }
            do throws(ChatTemplateError) {
                if try isLess(keys[a], keys[b]) { return !descending }
                if try isLess(keys[b], keys[a]) { return descending }
                return a < b
            } catch {
                failure = error
                return false
            }
        }
        if let failure { throw failure }
        return order.map { elements[$0] }
    }
}
