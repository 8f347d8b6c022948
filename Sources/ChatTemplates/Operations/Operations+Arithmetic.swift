extension Operations {
    /// `left` and `right` joined by an arithmetic sign, as Python does it; integers beyond 64 bits are refused.
    func arithmetic(_ left: Value, _ sign: String, _ right: Value) throws(ChatTemplateError) -> Value {
        switch (left, sign, right) {
        case (.string(let a), "+", .string(let b)):
            try meter.chargeText(a.count + b.count)
            return .string(Text(scalars: a.scalars + b.scalars))
        case (.array(let a), "+", .array(let b)) where a.kind == b.kind && (a.kind == .list || a.kind == .tuple):
            return try meter.array(a.kind, a.elements + b.elements)
        case (_, "*", _) where left.isRepeatable: return try repeated(left, right)
        case (_, "*", _) where right.isRepeatable: return try repeated(right, left)
        case (.string, "%", _): throw meter.failure(.unsupportedOperation, "the sign '%' after a string is not run")
        default: break
        }
        if let a = left.wholeNumber, let b = right.wholeNumber { return try wholeResult(a, sign, b) }
        guard let a = left.number else { throw meter.unfit(left, for: "'\(sign)'") }
        guard let b = right.number else { throw meter.unfit(right, for: "'\(sign)'") }
        return .float(try floatResult(a, sign, b))
    }

    private func repeated(_ value: Value, _ times: Value) throws(ChatTemplateError) -> Value {
        guard let wanted = times.wholeNumber else { throw meter.unfit(times, for: "'*'") }
        let count = max(0, wanted)
        switch value {
        case .string(let text):
            try meter.chargeText(text.count, times: count)
            guard text.count > 0 else { return value }
            return .string(Text(scalars: Array(repeatElement(text.scalars, count: count).joined())))
        case .array(let array):
            guard !array.elements.isEmpty else { return value }
            let (total, overflow) = array.elements.count.multipliedReportingOverflow(by: count)
            try meter.chargeElements(overflow ? Int.max : total)
            return .array(ArrayValue(array.kind, Array(repeatElement(array.elements, count: count).joined())))
        default: throw meter.unfit(value, for: "'*'")
        }
    }

    private func wholeResult(_ a: Int, _ sign: String, _ b: Int) throws(ChatTemplateError) -> Value {
        switch sign {
        case "+": return .integer(try checked(a.addingReportingOverflow(b)))
        case "-": return .integer(try checked(a.subtractingReportingOverflow(b)))
        case "*": return .integer(try checked(a.multipliedReportingOverflow(by: b)))
        case "/":
            guard max(a.magnitude, b.magnitude) <= 1 << 53 else { throw outOfRange }
            return .float(try floatResult(Double(a), sign, Double(b)))
        case "//":
            let quotient = try checked(a.dividedReportingOverflow(by: b))
            return .integer(a % b != 0 && (a < 0) != (b < 0) ? quotient - 1 : quotient)
        case "%":
            let rest = try checked(a.remainderReportingOverflow(dividingBy: b))
            return .integer(rest != 0 && (rest < 0) != (b < 0) ? rest + b : rest)
        default: return try power(a, b)
        }
    }

    private func power(_ base: Int, _ exponent: Int) throws(ChatTemplateError) -> Value {
        guard exponent >= 0 else {
            throw meter.failure(.unsupportedOperation, "a power with a negative exponent is not run")
        }
        guard base.magnitude > 1 else {
            return .integer(exponent == 0 ? 1 : base == -1 && exponent % 2 == 0 ? 1 : base)
        }
        var result = 1
        for _ in 0..<min(exponent, 64) { result = try checked(result.multipliedReportingOverflow(by: base)) }
        return .integer(result)
    }

    private func floatResult(_ a: Double, _ sign: String, _ b: Double) throws(ChatTemplateError) -> Double {
        switch sign {
        case "+": return a + b
        case "-": return a - b
        case "*": return a * b
        case "/":
            guard b != 0 else { throw outOfRange }
            return a / b
        default: throw meter.failure(.unsupportedOperation, "the sign '\(sign)' between floats is not run")
        }
    }

    /// `value` with the sign turned.
    func negated(_ value: Value) throws(ChatTemplateError) -> Value {
        if let number = value.wholeNumber { return .integer(try checked(0.subtractingReportingOverflow(number))) }
        guard case .float(let number) = value else { throw meter.unfit(value, for: "'-'") }
        return .float(-number)
    }

    /// `value` after the sign `+`, which only numbers can follow.
    func positive(_ value: Value) throws(ChatTemplateError) -> Value {
        if let number = value.wholeNumber { return .integer(number) }
        guard case .float = value else { throw meter.unfit(value, for: "'+'") }
        return value
    }

    private func checked(_ result: (partialValue: Int, overflow: Bool)) throws(ChatTemplateError) -> Int {
        guard !result.overflow else { throw outOfRange }
        return result.partialValue
    }

    private var outOfRange: ChatTemplateError {
        meter.failure(.invalidValue, "a division by zero, or a number beyond the range of an integer")
    }
}

extension Value {
    /// Whether `*` with an integer repeats the value.
    fileprivate var isRepeatable: Bool {
        switch self {
        case .string: true
        case .array(let array): array.kind == .list || array.kind == .tuple
        default: false
        }
    }
}
