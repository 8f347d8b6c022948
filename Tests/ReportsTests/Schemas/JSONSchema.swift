import StrictJSON

/// A validator of the JSON Schema keywords that the schemas in this repository use; any other keyword is a problem.
struct JSONSchema {
    /// Schema documents by the name that other documents refer to them by; "" is the document itself.
    private let documents: [String: JSONValue]

    init(_ root: JSONValue, others: [String: JSONValue] = [:]) {
        documents = others.merging(["": root]) { $1 }
    }

    /// What is wrong with a value, each with its place; empty when it is valid.
    func problems(of value: JSONValue) -> [String] {
        check(value, documents[""] ?? .null, "", "$")
    }

    /// Keywords that say nothing of validity by themselves. Formats are annotations in every draft.
    private static let annotations: Set<String> = [
        "$schema", "$id", "id", "$comment", "$defs", "definitions", "title", "description", "default", "examples",
        "deprecated", "format", "meta:enum", "then", "required", "additionalProperties", "additionalItems",
    ]

    private func check(_ value: JSONValue, _ schema: JSONValue, _ document: String, _ path: String) -> [String] {
        if schema.boolValue == true { return [] }
        guard let keywords = schema.objectValue else { return ["\(path): nothing is allowed here"] }
        var problems: [String] = []
        for member in keywords.members where !Self.annotations.contains(member.key) {
            problems += check(value, keyword: member.key, member.value, keywords, document, path)
        }
        if let object = value.objectValue {
            for name in keywords["required"]?.arrayValue?.compactMap(\.stringValue) ?? [] where object[name] == nil {
                problems.append("\(path): \(name) is missing")
            }
            problems += additional(object, keywords, document, path)
        }
        return problems
    }

    private func check(
        _ value: JSONValue, keyword: String, _ argument: JSONValue, _ siblings: JSONObject, _ document: String,
        _ path: String
    ) -> [String] {
        func all(_ schemas: JSONValue) -> [[String]] {
            (schemas.arrayValue ?? []).map { check(value, $0, document, path) }
        }
        func require(_ holds: Bool) -> [String] { holds ? [] : ["\(path): not \(keyword) \(argument)"] }
        switch keyword {
        case "$ref":
            guard let (schema, place) = resolve(argument.stringValue ?? "", document) else {
                return ["\(path): no schema \(argument)"]
            }
            return check(value, schema, place, path)
        case "type": return require(Self.types(of: argument).contains { Self.isOf($0, value) })
        case "enum": return require(argument.arrayValue?.contains(value) == true)
        case "const": return require(argument == value)
        case "allOf": return all(argument).flatMap(\.self)
        case "anyOf": return require(all(argument).contains(where: \.isEmpty))
        case "oneOf": return require(all(argument).count(where: \.isEmpty) == 1)
        case "if":
            guard check(value, argument, document, path).isEmpty, let then = siblings["then"] else { return [] }
            return check(value, then, document, path)
        case "properties":
            guard let object = value.objectValue else { return [] }
            return (argument.objectValue?.members ?? []).flatMap { property in
                object[property.key].map { check($0, property.value, document, "\(path).\(property.key)") } ?? []
            }
        case "items":
            return (value.arrayValue ?? []).enumerated().flatMap { index, element -> [String] in
                let schema = argument.arrayValue.map { $0.indices.contains(index) ? $0[index] : .bool(true) }
                return check(element, schema ?? argument, document, "\(path)[\(index)]")
            }
        default: return bound(value, keyword, argument).map(require) ?? ["\(path): keyword \(keyword) is not known"]
        }
    }

    /// Whether a bound holds, or does not concern such a value; nil for a keyword that is none.
    private func bound(_ value: JSONValue, _ keyword: String, _ argument: JSONValue) -> Bool? {
        let limit = argument.doubleValue ?? 0
        let length = value.stringValue.map { Double($0.unicodeScalars.count) }
        let count = value.arrayValue.map { Double($0.count) }
        switch keyword {
        case "minimum": return value.doubleValue.map { $0 >= limit } ?? true
        case "maximum": return value.doubleValue.map { $0 <= limit } ?? true
        case "minLength": return length.map { $0 >= limit } ?? true
        case "maxLength": return length.map { $0 <= limit } ?? true
        case "minItems": return count.map { $0 >= limit } ?? true
        case "maxItems": return count.map { $0 <= limit } ?? true
        case "uniqueItems":
            guard argument.boolValue == true, let elements = value.arrayValue else { return true }
            return Set(elements.map { $0.serialized() }).count == elements.count
        case "pattern":
            guard let text = value.stringValue else { return true }
            return (try? Regex(argument.stringValue ?? "(")).map { text.firstMatch(of: $0) != nil } ?? false
        default: return nil
        }
    }

    private func additional(
        _ object: JSONObject, _ keywords: JSONObject, _ document: String, _ path: String
    ) -> [String] {
        guard let schema = keywords["additionalProperties"] else { return [] }
        return object.members.filter { keywords["properties"]?.objectValue?[$0.key] == nil }.flatMap { member in
            check(member.value, schema, document, "\(path).\(member.key)")
        }
    }

    private func resolve(_ reference: String, _ document: String) -> (JSONValue, String)? {
        let parts = reference.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        let place = parts[0].isEmpty ? document : parts[0]
        let names = parts.count > 1 ? parts[1].split(separator: "/").map(String.init) : []
        let found = names.reduce(documents[place]) { $0?.objectValue?[$1] }
        return found.map { ($0, place) }
    }

    private static func types(of argument: JSONValue) -> [String] {
        argument.stringValue.map { [$0] } ?? argument.arrayValue?.compactMap(\.stringValue) ?? []
    }

    private static func isOf(_ type: String, _ value: JSONValue) -> Bool {
        switch (type, value) {
        case ("null", .null), ("boolean", .bool), ("string", .string), ("array", .array), ("object", .object),
            ("integer", .integer), ("number", .integer), ("number", .number):
            true
        case ("integer", .number(let number)): number == number.rounded()
        default: false
        }
    }
}
