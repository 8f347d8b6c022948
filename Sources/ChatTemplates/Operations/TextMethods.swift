extension Operations {
    /// Calls a listed method of a value.
    func call(method name: String, of value: Value, _ arguments: CallArguments) throws(ChatTemplateError) -> Value {
        switch value {
        case .string(let text):
            try meter.chargeText(text.count)
            return try call(method: name, of: text, arguments)
        case .mapping(let mapping): return try call(method: name, of: mapping, arguments)
        case .array(let array): return try call(method: name, of: array, arguments)
        default: throw meter.unfit(value, for: "the method '\(name)'")
        }
    }

    private func call(
        method name: String, of text: Text, _ arguments: CallArguments
    ) throws(ChatTemplateError) -> Value {
        switch name {
        case "strip", "lstrip", "rstrip":
            let set = try arguments.bound(to: ["chars"], of: name, meter)[0]
            return .string(
                text.stripped(of: try optionalText(set, name), atStart: name != "rstrip", atEnd: name != "lstrip"))
        case "split", "rsplit": return try split(text, arguments, fromEnd: name == "rsplit")
        case "splitlines":
            let keeps = try arguments.bound(to: ["keepends"], of: name, meter)[0]
            return try meter.array(.list, text.lines(keepingEnds: keeps?.isTrue ?? false).map(Value.string))
        case "partition", "rpartition": return try partition(text, arguments, name)
        case "replace": return try replace(text, arguments)
        case "join": return try join(try arguments.bound(to: ["iterable"], required: 1, of: name, meter)[0], text)
        case "startswith", "endswith", "removeprefix", "removesuffix", "find", "rfind", "index", "count":
            return try search(text, name, arguments)
        default:
            _ = try arguments.bound(to: [], of: name, meter)
            return changedCase(text, name) ?? .bool(holds(text, name))
        }
    }

    private func split(
        _ text: Text, _ arguments: CallArguments, fromEnd: Bool
    ) throws(ChatTemplateError) -> Value {
        let values = try arguments.bound(to: ["sep", "maxsplit"], of: "split", meter)
        let limit = try wholeNumber(values[1], otherwise: -1, "split")
        let pieces: [Text]
        if let separator = try optionalText(values[0], "split") {
            guard separator.count > 0 else { throw meter.failure(.invalidValue, "'split' has an empty separator") }
            pieces =
                fromEnd ? text.splitFromEnd(by: separator, limit: limit) : text.split(by: separator, limit: limit)
        } else {
            guard !fromEnd || limit < 0 else {
                throw meter.failure(.unsupportedOperation, "'rsplit' at white space with a limit is not run")
            }
            pieces = text.splitAtSpace(limit: limit)
        }
        return try meter.array(.list, pieces.map(Value.string))
    }

    private func partition(
        _ text: Text, _ arguments: CallArguments, _ name: String
    ) throws(ChatTemplateError) -> Value {
        let separator = try requiredText(try arguments.bound(to: ["sep"], required: 1, of: name, meter)[0], name)
        guard separator.count > 0 else { throw meter.failure(.invalidValue, "'\(name)' has an empty separator") }
        let isLast = name == "rpartition"
        guard let place = isLast ? text.lastPosition(of: separator) : text.position(of: separator) else {
            return .tuple(isLast ? ["", "", text].map(Value.string) : [text, "", ""].map(Value.string))
        }
        return .tuple([text[0..<place], separator, text[(place + separator.count)..<text.count]].map(Value.string))
    }

    /// The method and the filter `replace`.
    func replace(_ text: Text, _ arguments: CallArguments) throws(ChatTemplateError) -> Value {
        let values = try arguments.bound(to: ["old", "new", "count"], required: 2, of: "replace", meter)
        let old = try requiredText(values[0], "replace")
        let new = try requiredText(values[1], "replace")
        let limit = try wholeNumber(values[2], otherwise: -1, "replace")
        let count = text.occurrences(of: old)
        try meter.chargeText(limit < 0 ? count : min(limit, count), times: new.count)
        try meter.chargeText(text.count)
        return .string(text.replacing(old, with: new, limit: limit))
    }

    private func search(
        _ text: Text, _ name: String, _ arguments: CallArguments
    ) throws(ChatTemplateError) -> Value {
        guard let value = try arguments.bound(to: ["part"], required: 1, of: name, meter)[0] else { return .null }
        if case .array(let array) = value, array.kind == .tuple, name == "startswith" || name == "endswith" {
            for element in array.elements {
                let part = try requiredText(element, name)
                if name == "startswith" ? text.hasPrefix(part) : text.hasSuffix(part) { return .bool(true) }
            }
            return .bool(false)
        }
        let part = try requiredText(value, name)
        switch name {
        case "startswith": return .bool(text.hasPrefix(part))
        case "endswith": return .bool(text.hasSuffix(part))
        case "removeprefix": return .string(text.hasPrefix(part) ? text[part.count..<text.count] : text)
        case "removesuffix":
            return .string(text.hasSuffix(part) ? text[0..<(text.count - part.count)] : text)
        case "count": return .integer(text.occurrences(of: part))
        case "rfind": return .integer(text.lastPosition(of: part) ?? -1)
        default:
            let place = text.position(of: part)
            guard place != nil || name == "find" else {
                throw meter.failure(.invalidValue, "'index' looks for a text that is not there")
            }
            return .integer(place ?? -1)
        }
    }

    private func changedCase(_ text: Text, _ name: String) -> Value? {
        switch name {
        case "upper": .string(text.uppercased)
        case "lower": .string(text.lowercased)
        case "title": .string(text.titlecased)
        case "capitalize": .string(text.capitalized)
        default: nil
        }
    }

    /// The methods of a text that ask about all its code points.
    private func holds(_ text: Text, _ name: String) -> Bool {
        switch name {
        case "isspace": text.count > 0 && text.scalars.allSatisfy(\.isPythonSpace)
        case "isalpha": text.count > 0 && text.scalars.allSatisfy(\.isLetter)
        case "isdigit":
            text.count > 0
                && text.scalars.allSatisfy { [.decimal, .digit].contains($0.properties.numericType) }
        case "islower": text.isLower
        default: text.isUpper
        }
    }
}

extension Unicode.Scalar {
    fileprivate var isLetter: Bool {
        switch properties.generalCategory {
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter: true
        default: false
        }
    }

    fileprivate var isTitlecase: Bool { properties.generalCategory == .titlecaseLetter }
}

extension Text {
    /// Whether there are cased letters and all are lower case.
    var isLower: Bool {
        scalars.contains { $0.properties.isLowercase }
            && !scalars.contains { $0.properties.isUppercase || $0.isTitlecase }
    }

    /// Whether there are cased letters and all are upper case.
    var isUpper: Bool {
        scalars.contains { $0.properties.isUppercase }
            && !scalars.contains { $0.properties.isLowercase || $0.isTitlecase }
    }
}
