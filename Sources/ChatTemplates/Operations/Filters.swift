extension Operations {
    /// Applies the filter `name` to `value`.
    func filter(_ name: String, _ value: Value, _ arguments: CallArguments) throws(ChatTemplateError) -> Value {
        try meter.charge()
        if let result = try textFilter(name, value, arguments) { return result }
        if let result = try sequenceFilter(name, value, arguments) { return result }
        if let result = try numberFilter(name, value, arguments) { return result }
        switch name {
        case "default", "d":
            let values = try arguments.bound(to: ["default_value", "boolean"], of: name, meter)
            let isReplaced = value.isUndefined || (values[1]?.isTrue == true && !value.isTrue)
            return isReplaced ? values[0] ?? .string("") : value
        case "length", "count":
            _ = try arguments.bound(to: [], of: name, meter)
            return .integer(try length(of: value))
        case "tojson": return try json(value, arguments)
        case "items":
            _ = try arguments.bound(to: [], of: name, meter)
            return .stream(Stream(try items(of: value)))
        case "dictsort": return try sortedItems(value, arguments)
        default:
            throw meter.failure(.unsupportedFilter, "the filter '\(name.prefix(80))' is not run")
        }
    }

    private func textFilter(
        _ name: String, _ value: Value, _ arguments: CallArguments
    ) throws(ChatTemplateError) -> Value? {
        switch name {
        case "trim":
            let set = try arguments.bound(to: ["chars"], of: name, meter)[0]
            return .string(try plainText(value, name).stripped(of: try optionalText(set, name)))
        case "replace":
            let values = try arguments.bound(to: ["old", "new", "count"], required: 2, of: name, meter)
            let texts = try values.prefix(2).compactMap(\.self).map { value throws(ChatTemplateError) in
                Value.string(try plainText(value, name))
            }
            var count: [Value] = []
            if let limit = values[2], limit.wholeNumber != nil { count = [limit] }
            return try replace(try plainText(value, name), CallArguments(positional: texts + count))
        case "indent":
            guard case .string(let text) = value else { throw meter.unfit(value, for: "'indent'") }
            return .string(try indented(text, arguments))
        case "upper", "lower", "capitalize", "title", "string", "safe": break
        default: return nil
        }
        _ = try arguments.bound(to: [], of: name, meter)
        if name == "safe" { return .markup(try text(of: value)) }
        let text = try plainText(value, name)
        try meter.chargeText(text.count)
        switch name {
        case "upper": return .string(text.uppercased)
        case "lower": return .string(text.lowercased)
        case "capitalize": return .string(text.capitalized)
        case "title": return .string(text.wordsCapitalized)
        default: return .string(text)
        }
    }

    /// The text of a value that a filter changes; a text marked as safe would have to stay marked.
    private func plainText(_ value: Value, _ filter: String) throws(ChatTemplateError) -> Text {
        if case .markup = value { throw meter.unfit(value, for: "'\(filter)'") }
        let text = try text(of: value)
        try meter.chargeText(text.count)
        return text
    }

    private func indented(_ text: Text, _ arguments: CallArguments) throws(ChatTemplateError) -> Text {
        let values = try arguments.bound(to: ["width", "first", "blank"], of: "indent", meter)
        var margin = Text("    ")
        if case .string(let given)? = values[0] {
            margin = given
        } else if let given = values[0] {
            let width = try wholeNumber(given, otherwise: 4, "indent")
            try meter.chargeText(max(0, width))
            margin = Text(scalars: Array(repeating: " ", count: max(0, width)))
        }
        let lines = Text(scalars: text.scalars + ["\n"]).lines()
        try meter.chargeText(lines.count + 1, times: margin.count)
        var result = values[1]?.isTrue == true ? margin.scalars : []
        for (index, line) in lines.enumerated() {
            if index > 0 {
                result.append("\n")
                if line.count > 0 || values[2]?.isTrue == true { result += margin.scalars }
            }
            result += line.scalars
        }
        return Text(scalars: result)
    }

    private func json(_ value: Value, _ arguments: CallArguments) throws(ChatTemplateError) -> Value {
        let values = try arguments.bound(
            to: ["ensure_ascii", "indent", "separators", "sort_keys"], of: "tojson", meter)
        var indent: Text?
        switch values[1] {
        case nil, .null?: break
        case .string(let text)?: indent = text
        case .some(let other):
            let width = max(0, try wholeNumber(other, otherwise: 0, "tojson"))
            try meter.chargeText(width)
            indent = Text(scalars: Array(repeating: " ", count: width))
        }
        var separators: (item: Text, key: Text) = (indent == nil ? ", " : ",", ": ")
        if case .array(let pair)? = values[2] {
            guard pair.elements.count == 2 else {
                throw meter.failure(.invalidArguments, "'tojson' needs two separators")
            }
            separators = (try requiredText(pair.elements[0], "tojson"), try requiredText(pair.elements[1], "tojson"))
        } else if let given = values[2], given.isTrue {
            throw meter.unfit(given, for: "the separators of 'tojson'")
        }
        var writer = JSONText(
            meter: meter, escapesAll: values[0]?.isTrue ?? false, indent: indent, separators: separators,
            sortsKeys: values[3]?.isTrue ?? false)
        try writer.append(value)
        return .string(Text(scalars: writer.scalars))
    }
}
