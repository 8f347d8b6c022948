extension Operations {
    /// Applies a filter on sequences; `nil` when `name` is none of them.
    func sequenceFilter(
        _ name: String, _ value: Value, _ arguments: CallArguments
    ) throws(ChatTemplateError) -> Value? {
        switch name {
        case "first", "last": return try end(name, of: value, arguments)
        case "list":
            _ = try arguments.bound(to: [], of: name, meter)
            return try meter.array(.list, try elements(of: value, for: "'list'"))
        case "join":
            let values = try arguments.bound(to: ["d", "attribute"], of: name, meter)
            let elements = try attributes(values[1], of: try elements(of: value, for: "'join'"), otherwise: nil)
            return try joined(elements, try text(of: values[0] ?? .string("")))
        case "reverse":
            _ = try arguments.bound(to: [], of: name, meter)
            if case .string(let text) = value { return .string(Text(scalars: text.scalars.reversed())) }
            return .stream(Stream(try elements(of: value, for: "'reverse'").reversed()))
        case "map": return .stream(Stream(try mapped(value, arguments)))
        case "select", "reject", "selectattr", "rejectattr":
            return .stream(Stream(try selected(name, value, arguments)))
        case "sort":
            let values = try arguments.bound(to: ["reverse", "case_sensitive", "attribute"], of: name, meter)
            let elements = try elements(of: value, for: "'sort'")
            let keys = try caseKeys(try attributes(values[2], of: elements, otherwise: nil), values[1])
            let isDescending = values[0]?.isTrue ?? false
            return try meter.array(.list, try sorted(elements, by: keys, descending: isDescending))
        case "unique":
            let values = try arguments.bound(to: ["case_sensitive", "attribute"], of: name, meter)
            let elements = try elements(of: value, for: "'unique'")
            let keys = try caseKeys(try attributes(values[1], of: elements, otherwise: nil), values[0])
            var seen: Set<Mapping.Key> = []
            var kept: [Value] = []
            for (element, value) in zip(elements, keys) where seen.insert(try key(value)).inserted {
                kept.append(element)
            }
            return .stream(Stream(kept))
        default: return nil
        }
    }

    private func end(_ name: String, of value: Value, _ arguments: CallArguments) throws(ChatTemplateError) -> Value {
        _ = try arguments.bound(to: [], of: name, meter)
        if case .stream(let stream) = value {
            guard name == "first" else { throw meter.unfit(value, for: "'last'") }
            return stream.takeFirst() ?? .undefined("the first element")
        }
        let elements = try elements(of: value, for: "'\(name)'")
        return (name == "first" ? elements.first : elements.last) ?? .undefined("the \(name) element")
    }

    private func mapped(_ value: Value, _ arguments: CallArguments) throws(ChatTemplateError) -> [Value] {
        guard value.isTrue else { return [] }
        let elements = try elements(of: value, for: "'map'")
        guard arguments.positional.isEmpty else {
            let filter = try requiredText(arguments.positional[0], "map").string
            return try elements.map { element throws(ChatTemplateError) in
                try self.filter(filter, element, arguments.rest)
            }
        }
        let values = try arguments.bound(to: ["attribute", "default"], required: 1, of: "map", meter)
        return try attributes(values[0], of: elements, otherwise: values[1])
    }

    private func selected(
        _ name: String, _ value: Value, _ arguments: CallArguments
    ) throws(ChatTemplateError) -> [Value] {
        guard value.isTrue else { return [] }
        let elements = try elements(of: value, for: "'\(name)'")
        var arguments = arguments
        var subjects = elements
        if name.hasSuffix("attr") {
            guard let attribute = arguments.positional.first else {
                throw meter.failure(.invalidArguments, "'\(name)' needs the name of an attribute")
            }
            subjects = try attributes(attribute, of: elements, otherwise: nil)
            arguments = arguments.rest
        }
        let test = try arguments.positional.first.map { value throws(ChatTemplateError) in
            try requiredText(value, name).string
        }
        var kept: [Value] = []
        for (element, subject) in zip(elements, subjects) {
            let holds = try test.map { test throws(ChatTemplateError) in
                try self.test(test, subject, arguments.rest)
            }
            if (holds ?? subject.isTrue) != name.hasPrefix("reject") { kept.append(element) }
        }
        return kept
    }

    /// The part of each element that `path` names by keys and indices with dots between; all of it without a path.
    private func attributes(
        _ path: Value?, of elements: [Value], otherwise: Value?
    ) throws(ChatTemplateError) -> [Value] {
        var keys: [Value] = []
        switch path {
        case nil, .null?: return elements
        case .integer?: keys = [path].compactMap(\.self)
        default:
            keys = try requiredText(path, "attribute").split(by: ".", limit: -1).map { part in
                Int(part.string).flatMap { $0 >= 0 ? .integer($0) : nil } ?? .string(part)
            }
        }
        return try elements.map { element throws(ChatTemplateError) in
            var value = element
            for key in keys {
                value = try item(value, key)
                if value.isUndefined, let otherwise { value = otherwise }
            }
            return value
        }
    }

    /// Sorting keys: texts in lower case unless `isCaseSensitive` holds.
    private func caseKeys(_ keys: [Value], _ isCaseSensitive: Value?) throws(ChatTemplateError) -> [Value] {
        guard isCaseSensitive?.isTrue != true else { return keys }
        return try keys.map { key throws(ChatTemplateError) in
            guard case .string(let text) = key else { return key }
            try meter.chargeText(text.count)
            return .string(text.lowercased)
        }
    }

    func sortedItems(_ value: Value, _ arguments: CallArguments) throws(ChatTemplateError) -> Value {
        let values = try arguments.bound(to: ["case_sensitive", "by", "reverse"], of: "dictsort", meter)
        guard case .mapping(let mapping) = value else { throw meter.unfit(value, for: "'dictsort'") }
        let by = try optionalText(values[1], "dictsort")?.string ?? "key"
        guard by == "key" || by == "value" else {
            throw meter.failure(.invalidArguments, "'dictsort' sorts by 'key' or 'value'")
        }
        let keys = try caseKeys(by == "key" ? mapping.keys : mapping.values, values[0])
        let isDescending = values[2]?.isTrue ?? false
        return try meter.array(.list, try sorted(mapping.items, by: keys, descending: isDescending))
    }
}
