import StrictJSON

extension TypeShape {
    /// The shape that a schema allows; nil for what a result never is.
    init?(schema: JSONValue, definitions: JSONObject) {
        guard let keywords = schema.objectValue else { return nil }
        if let reference = keywords["$ref"]?.stringValue {
            guard let schema = definitions[String(reference.dropFirst("#/$defs/".count))] else { return nil }
            self.init(schema: schema, definitions: definitions)
        } else if let values = keywords["enum"]?.arrayValue {
            self = .values(Set(values.compactMap(\.stringValue)))
        } else if keywords["const"]?.intValue != nil {
            self = .integer
        } else if keywords["anyOf"] != nil {
            self = .number
        } else {
            self.init(type: keywords["type"]?.stringValue, keywords, definitions)
        }
    }

    private init?(type: String?, _ keywords: JSONObject, _ definitions: JSONObject) {
        switch type {
        case "string": self = .string
        case "integer": self = .integer
        case "boolean": self = .boolean
        case "array":
            guard let items = keywords["items"], let shape = TypeShape(schema: items, definitions: definitions) else {
                return nil
            }
            self = .array(shape)
        case "object":
            let required = Set(keywords["required"]?.arrayValue?.compactMap(\.stringValue) ?? [])
            var members: [String: Member] = [:]
            for property in keywords["properties"]?.objectValue?.members ?? [] {
                guard let shape = TypeShape(schema: property.value, definitions: definitions) else { return nil }
                members[property.key] = Member(shape: shape, isOptional: !required.contains(property.key))
            }
            guard keywords["additionalProperties"]?.boolValue == false else { return nil }
            self = .object(members)
        default: return nil
        }
    }
}
