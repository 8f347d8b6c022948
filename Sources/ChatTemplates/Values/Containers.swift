/// A list, or one of the other ordered collections of Python that act like one.
final class ArrayValue {
    /// Which collection of Python it stands for.
    enum Kind {
        case list, tuple, range, keys, values, items

        var name: String {
            switch self {
            case .list: "a list"
            case .tuple: "a tuple"
            case .range: "a range"
            case .keys, .values, .items: "a view of a mapping"
            }
        }

        /// Whether elements can be had by their place.
        var isIndexed: Bool { self == .list || self == .tuple || self == .range }
    }

    let kind: Kind
    let elements: [Value]
    let depth: Int

    init(_ kind: Kind, _ elements: [Value]) {
        self.kind = kind
        self.elements = elements
        depth = 1 + elements.reduce(0) { max($0, $1.depth) }
    }
}

/// A mapping that keeps the order in which its keys were first given.
final class Mapping {
    /// A key by Python's equality, under which `True` and `1` are one key.
    enum Key: Hashable {
        case text(Text)
        case integer(Int)
        case fraction(Double)
        case null

        init?(_ value: Value) {
            switch value {
            case .string(let text): self = .text(text)
            case .integer(let number): self = .integer(number)
            case .bool(let flag): self = .integer(flag ? 1 : 0)
            case .float(let number): self = Int(exactly: number).map(Key.integer) ?? .fraction(number)
            case .null: self = .null
            default: return nil
            }
        }
    }

    private(set) var keys: [Value] = []
    private(set) var values: [Value] = []
    private(set) var depth = 1
    private var places: [Key: Int] = [:]

    init() {}

    init(texts members: [(String, Value)]) {
        for (name, value) in members { set(.text(Text(name)), to: value) }
    }

    var count: Int { keys.count }

    /// Adds a member while the mapping is built; an old key keeps its place.
    func set(_ key: Key, as original: Value? = nil, to value: Value) {
        depth = max(depth, 1 + value.depth)
        if let place = places[key] {
            values[place] = value
            return
        }
        places[key] = count
        keys.append(original ?? Self.value(of: key))
        values.append(value)
    }

    subscript(key: Key) -> Value? {
        places[key].map { values[$0] }
    }

    var items: [Value] {
        zip(keys, values).map { .tuple([$0, $1]) }
    }

    private static func value(of key: Key) -> Value {
        switch key {
        case .text(let text): .string(text)
        case .integer(let number): .integer(number)
        case .fraction(let number): .float(number)
        case .null: .null
        }
    }
}

/// The one kind of value that a template can change: attributes set by `{% set ns.name = … %}`.
final class Namespace {
    var attributes: [String: Value] = [:]
}

/// A generator of Python, computed at once: whoever reads it takes all that is left.
final class Stream {
    private var remaining: ArraySlice<Value>

    init(_ elements: [Value]) {
        remaining = elements[...]
    }

    func takeAll() -> [Value] {
        defer { remaining = [] }
        return Array(remaining)
    }

    func takeFirst() -> Value? {
        remaining.popFirst()
    }
}
