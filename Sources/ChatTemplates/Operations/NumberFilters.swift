extension Operations {
    /// Applies a filter on numbers; `nil` when `name` is none of them.
    func numberFilter(
        _ name: String, _ value: Value, _ arguments: CallArguments
    ) throws(ChatTemplateError) -> Value? {
        switch name {
        case "int":
            let values = try arguments.bound(to: ["default"], of: name, meter)
            return try wholePart(of: value) ?? values[0] ?? .integer(0)
        case "float":
            let values = try arguments.bound(to: ["default"], of: name, meter)
            return try float(of: value).map(Value.float) ?? values[0] ?? .float(0)
        case "abs":
            _ = try arguments.bound(to: [], of: name, meter)
            guard let number = value.number else { throw meter.unfit(value, for: "'abs'") }
            return number < 0 ? try negated(value) : try positive(value)
        case "sum":
            let values = try arguments.bound(to: ["attribute", "start"], of: name, meter)
            guard values[0] == nil else {
                throw meter.failure(.unsupportedOperation, "'sum' of an attribute is not run")
            }
            var sum = values[1] ?? .integer(0)
            for element in try elements(of: value, for: "'sum'") { sum = try arithmetic(sum, "+", element) }
            return sum
        default: return nil
        }
    }

    /// The integer that Python reads from `value`, its fraction cut off; `nil` when there is none.
    private func wholePart(of value: Value) throws(ChatTemplateError) -> Value? {
        if let number = value.wholeNumber { return .integer(number) }
        if case .string(let text) = value, let digits = numeral(text) {
            if let number = Int(digits) { return .integer(number) }
            guard digits.contains(where: { !"+-0123456789".contains($0) }) else {
                throw meter.failure(.invalidValue, "the filter 'int' meets a number beyond its range")
            }
        }
        guard let number = try float(of: value), number.isFinite else { return nil }
        guard let whole = Int(exactly: number.rounded(.towardZero)) else {
            throw meter.failure(.invalidValue, "the filter 'int' meets a number beyond its range")
        }
        return .integer(whole)
    }

    /// The float that Python reads from `value`; `nil` when there is none.
    private func float(of value: Value) throws(ChatTemplateError) -> Double? {
        switch value {
        case .string(let text): return numeral(text).flatMap(Double.init)
        case .null, .array, .mapping: return nil
        default:
            guard let number = value.number else { throw meter.unfit(value, for: "a filter that makes a number") }
            return number
        }
    }

    /// A text that may be a decimal number, without the white space around it and `_` between digits.
    private func numeral(_ text: Text) -> String? {
        let scalars = text.stripped().scalars
        var digits = ""
        for (index, scalar) in scalars.enumerated() {
            if scalar == "_" {
                guard index > 0, scalars[index - 1].isDigit, index + 1 < scalars.count, scalars[index + 1].isDigit
                else { return nil }
            } else {
                guard scalar.isDigit || "+-.eE".unicodeScalars.contains(scalar) else { return nil }
                digits.unicodeScalars.append(scalar)
            }
        }
        return digits
    }
}
