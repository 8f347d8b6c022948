extension Operations {
    /// `value.name`: a listed method, an attribute of a namespace or an item of a mapping.
    func attribute(_ value: Value, _ name: String) throws(ChatTemplateError) -> Value {
        guard !name.hasPrefix("__") else {
            throw meter.failure(
                .unsupportedAttribute, "the attribute '\(name.prefix(80))' gives access to Python itself")
        }
        switch value {
        case .undefined: throw meter.unfit(value, for: "its attribute '\(name.prefix(80))'")
        case .string: return try method(of: value, name, in: .text) ?? .undefined(name)
        case .mapping(let mapping):
            if let method = try method(of: value, name, in: .mapping) { return method }
            return mapping[.text(Text(name))] ?? .undefined(name)
        case .array(let array):
            return try method(of: value, name, in: array.kind.methods) ?? .undefined(name)
        case .namespace(let namespace): return namespace.attributes[name] ?? .undefined(name)
        case .null: return .undefined(name)
        case .bool, .integer, .float:
            guard !MethodTable.number.hidden.contains(name) else { throw unlisted(name, of: value) }
            return .undefined(name)
        case .markup, .stream, .loop, .macro, .function, .method: throw unlisted(name, of: value)
        }
    }

    private func method(of value: Value, _ name: String, in table: MethodTable) throws(ChatTemplateError) -> Value? {
        if table.listed.contains(name) { return .method(value, name) }
        if table.hidden.contains(name) { throw unlisted(name, of: value) }
        return nil
    }

    private func unlisted(_ name: String, of value: Value) -> ChatTemplateError {
        meter.failure(.unsupportedAttribute, "the attribute '\(name.prefix(80))' of \(value.kind) is not given")
    }

    /// `value[key]`, undefined when there is no such item.
    func item(_ value: Value, _ key: Value) throws(ChatTemplateError) -> Value {
        try meter.charge()
        switch value {
        case .undefined: throw meter.unfit(value, for: "an item of it")
        case .mapping(let mapping):
            if let key = Mapping.Key(key), let found = mapping[key] { return found }
        case .array(let array) where array.kind.isIndexed:
            if let index = key.wholeNumber {
                return place(index, in: array.elements.count).map { array.elements[$0] } ?? .undefined(String(index))
            }
        case .string(let text):
            if let index = key.wholeNumber {
                guard let place = place(index, in: text.count) else { return .undefined(String(index)) }
                return .string(text[place..<(place + 1)])
            }
        case .null, .bool, .integer, .float, .namespace, .array: break
        case .markup, .stream, .loop, .macro, .function, .method: throw meter.unfit(value, for: "an item")
        }
        guard case .string(let name) = key else { return .undefined("the item") }
        return try attribute(value, name.string)
    }

    private func place(_ index: Int, in count: Int) -> Int? {
        let place = index < 0 ? index + count : index
        return place >= 0 && place < count ? place : nil
    }

    /// `value[from:to:by]` by Python's rules for slices.
    func slice(_ value: Value, from: Value, to: Value, by: Value) throws(ChatTemplateError) -> Value {
        let bounds = [try bound(from), try bound(to), try bound(by)]
        let step = bounds[2] ?? 1
        guard step != 0 else { throw meter.failure(.invalidValue, "a slice has the step 0") }
        switch value {
        case .string(let text):
            let places = try places(from: bounds[0], to: bounds[1], by: step, count: text.count)
            try meter.chargeText(places.count)
            return .string(Text(scalars: places.map { text.scalars[$0] }))
        case .array(let array) where array.kind.isIndexed:
            let places = try places(from: bounds[0], to: bounds[1], by: step, count: array.elements.count)
            return try meter.array(array.kind, places.map { array.elements[$0] })
        default: throw meter.unfit(value, for: "a slice")
        }
    }

    private func bound(_ value: Value) throws(ChatTemplateError) -> Int? {
        if case .null = value { return nil }
        guard let bound = value.wholeNumber else { throw meter.unfit(value, for: "a bound of a slice") }
        return bound
    }

    private func places(from: Int?, to: Int?, by step: Int, count: Int) throws(ChatTemplateError) -> [Int] {
        let low = step < 0 ? -1 : 0
        let high = step < 0 ? count - 1 : count
        func clamped(_ bound: Int?, _ otherwise: Int) -> Int {
            guard let bound else { return otherwise }
            return min(max(bound < 0 ? bound + count : bound, low), high)
        }
        let start = clamped(from, step < 0 ? high : low)
        let end = clamped(to, step < 0 ? low : high)
        let stride = step < 0 ? max(step, -count - 1) : min(step, count + 1)
        return Array(Swift.stride(from: start, to: end, by: stride))
    }
}

/// Which attributes of a Python type a template may read, and which it has besides.
struct MethodTable {
    let listed: Set<String>
    /// Attributes that Python gives and Assay does not; reading one is refused rather than taken as missing.
    let hidden: Set<String>

    static let text = MethodTable(
        listed: [
            "capitalize", "count", "endswith", "find", "index", "isalpha", "isdigit", "islower", "isspace", "isupper",
            "join", "lower", "lstrip", "partition", "removeprefix", "removesuffix", "replace", "rfind", "rpartition",
            "rsplit", "rstrip", "split", "splitlines", "startswith", "strip", "title", "upper",
        ],
        hidden: [
            "casefold", "center", "encode", "expandtabs", "format", "format_map", "isalnum", "isascii", "isdecimal",
            "isidentifier", "isnumeric", "isprintable", "istitle", "ljust", "maketrans", "rindex", "rjust", "swapcase",
            "translate", "zfill",
        ])
    static let mapping = MethodTable(
        listed: ["get", "items", "keys", "values"],
        hidden: ["clear", "copy", "fromkeys", "pop", "popitem", "setdefault", "update"])
    static let list = MethodTable(
        listed: ["count", "index"],
        hidden: ["append", "clear", "copy", "extend", "insert", "pop", "remove", "reverse", "sort"])
    static let range = MethodTable(listed: [], hidden: ["count", "index", "start", "step", "stop"])
    static let view = MethodTable(listed: [], hidden: ["isdisjoint", "mapping"])
    static let number = MethodTable(
        listed: [],
        hidden: [
            "as_integer_ratio", "bit_count", "bit_length", "conjugate", "denominator", "from_bytes", "from_number",
            "fromhex", "hex", "imag", "is_integer", "numerator", "real", "to_bytes",
        ])
}

extension ArrayValue.Kind {
    /// The attributes of the collection.
    fileprivate var methods: MethodTable {
        switch self {
        case .list, .tuple: .list
        case .range: .range
        case .keys, .values, .items: .view
        }
    }
}
