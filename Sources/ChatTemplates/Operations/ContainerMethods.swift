extension Operations {
    func call(
        method name: String, of mapping: Mapping, _ arguments: CallArguments
    ) throws(ChatTemplateError) -> Value {
        if name == "get" {
            let values = try arguments.bound(to: ["key", "default"], required: 1, of: name, meter)
            guard arguments.named.isEmpty, let wanted = values[0] else {
                throw meter.failure(.invalidArguments, "'get' takes no named arguments")
            }
            return mapping[try key(wanted)] ?? values[1] ?? .null
        }
        _ = try arguments.bound(to: [], of: name, meter)
        try meter.chargeElements(mapping.count)
        switch name {
        case "keys": return .array(ArrayValue(.keys, mapping.keys))
        case "values": return .array(ArrayValue(.values, mapping.values))
        default: return .array(ArrayValue(.items, mapping.items))
        }
    }

    func call(
        method name: String, of array: ArrayValue, _ arguments: CallArguments
    ) throws(ChatTemplateError) -> Value {
        guard let wanted = try arguments.bound(to: ["value"], required: 1, of: name, meter)[0] else { return .null }
        var count = 0
        for (place, element) in array.elements.enumerated() where try areEqual(element, wanted) {
            if name == "index" { return .integer(place) }
            count += 1
        }
        guard name == "count" else {
            throw meter.failure(.invalidValue, "'index' looks for a value that is not there")
        }
        return .integer(count)
    }

    /// `separator` between the elements of `value`, which the method `join` asks to be strings.
    func join(_ value: Value?, _ separator: Text) throws(ChatTemplateError) -> Value {
        guard let value else { return .null }
        let elements = try elements(of: value, for: "'join'")
        for element in elements {
            guard case .string = element else { throw meter.unfit(element, for: "the method 'join'") }
        }
        return try joined(elements, separator)
    }

    /// `separator` between the texts of `elements`.
    func joined(_ elements: [Value], _ separator: Text) throws(ChatTemplateError) -> Value {
        var printer = Printer(meter: meter)
        for (index, element) in elements.enumerated() {
            if index > 0 { try printer.append(separator) }
            try printer.append(element)
        }
        return .string(Text(scalars: printer.scalars))
    }

    /// The text of an argument that must be a string.
    func requiredText(_ value: Value?, _ function: String) throws(ChatTemplateError) -> Text {
        guard let text = try optionalText(value, function) else {
            throw meter.failure(.invalidArguments, "'\(function)' needs a string")
        }
        return text
    }

    /// The text of an argument that is a string, `none` or left out.
    func optionalText(_ value: Value?, _ function: String) throws(ChatTemplateError) -> Text? {
        switch value {
        case nil, .null?: return nil
        case .string(let text)?: return text
        case .some(let other): throw meter.unfit(other, for: "'\(function)'")
        }
    }

    /// The integer of an argument, or `otherwise` when it is left out.
    func wholeNumber(_ value: Value?, otherwise: Int, _ function: String) throws(ChatTemplateError) -> Int {
        guard let value else { return otherwise }
        guard let number = value.wholeNumber else { throw meter.unfit(value, for: "'\(function)'") }
        return number
    }
}
