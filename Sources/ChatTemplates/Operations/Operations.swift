/// What the language does with values, apart from variables and control flow.
struct Operations {
    let meter: Meter

    /// The elements that a loop over `value` visits.
    func elements(of value: Value, for operation: String = "a loop") throws(ChatTemplateError) -> [Value] {
        switch value {
        case .undefined: return []
        case .array(let array):
            try meter.charge(array.elements.count)
            return array.elements
        case .mapping(let mapping):
            try meter.charge(mapping.count)
            return mapping.keys
        case .string(let text):
            try meter.chargeElements(text.count)
            return text.scalars.map { .string(Text(scalars: [$0])) }
        case .stream(let stream):
            let elements = stream.takeAll()
            try meter.charge(elements.count)
            return elements
        default: throw meter.unfit(value, for: operation)
        }
    }

    /// How many elements or code points `value` has.
    func length(of value: Value) throws(ChatTemplateError) -> Int {
        switch value {
        case .undefined: return 0
        case .string(let text): return text.count
        case .array(let array): return array.elements.count
        case .mapping(let mapping): return mapping.count
        default: throw meter.unfit(value, for: "the length")
        }
    }

    /// Whether `container` holds `value`, by the operator `in`.
    func contains(_ container: Value, _ value: Value) throws(ChatTemplateError) -> Bool {
        switch container {
        case .undefined: return false
        case .string(let text):
            guard case .string(let part) = value else { throw meter.unfit(value, for: "'in' before a string") }
            try meter.charge(1 + text.count / 8)
            return text.position(of: part) != nil
        case .array(let array):
            for element in array.elements where try areEqual(element, value) { return true }
            return false
        case .mapping(let mapping): return mapping[try key(value)] != nil
        default: throw meter.unfit(container, for: "'in'")
        }
    }

    /// `value` as the key of a mapping.
    func key(_ value: Value) throws(ChatTemplateError) -> Mapping.Key {
        if case .undefined = value { throw meter.failure(.unsupportedOperation, "an undefined key is not run") }
        guard let key = Mapping.Key(value) else { throw meter.unfit(value, for: "a key of a mapping") }
        return key
    }

    /// The keys and values of a mapping; Jinja gives none for something undefined.
    func items(of value: Value) throws(ChatTemplateError) -> [Value] {
        switch value {
        case .undefined: return []
        case .mapping(let mapping):
            try meter.chargeElements(mapping.count)
            return mapping.items
        default: throw meter.unfit(value, for: "'items'")
        }
    }
}
