/// A value of the template language. Lists and mappings never change; only namespaces do.
enum Value {
    /// Nothing there; the name of what was looked for.
    case undefined(String)
    case null
    case bool(Bool)
    case integer(Int)
    case float(Double)
    case string(Text)
    /// A text marked by the filter `safe`; it can only be printed, because other operations would escape HTML.
    case markup(Text)
    case array(ArrayValue)
    case mapping(Mapping)
    case namespace(Namespace)
    case stream(Stream)
    case loop(LoopState)
    case macro(MacroDefinition)
    case function(Builtin)
    /// A listed method of a value, not yet called.
    indirect case method(Value, String)

    static func list(_ elements: [Value]) -> Value { .array(ArrayValue(.list, elements)) }

    static func tuple(_ elements: [Value]) -> Value { .array(ArrayValue(.tuple, elements)) }

    static func text(_ string: String) -> Value { .string(Text(string)) }

    var isUndefined: Bool {
        if case .undefined = self { true } else { false }
    }

    /// The whole number that arithmetic and indexing see; a truth value counts as 0 or 1.
    var wholeNumber: Int? {
        switch self {
        case .integer(let value): value
        case .bool(let value): value ? 1 : 0
        default: nil
        }
    }

    /// The number that arithmetic sees.
    var number: Double? {
        if case .float(let value) = self { return value }
        return wholeNumber.map(Double.init)
    }

    /// Whether a list, mapping or namespace may hold the value. References stay out, so no cycle can arise.
    var isData: Bool {
        switch self {
        case .undefined, .null, .bool, .integer, .float, .string, .array, .mapping: true
        case .markup, .namespace, .stream, .loop, .macro, .function, .method: false
        }
    }

    /// Levels of lists and mappings in the value; 0 for a scalar.
    var depth: Int {
        switch self {
        case .array(let array): array.depth
        case .mapping(let mapping): mapping.depth
        default: 0
        }
    }

    var isTrue: Bool {
        switch self {
        case .undefined, .null: false
        case .bool(let value): value
        case .integer(let value): value != 0
        case .float(let value): value != 0
        case .string(let text), .markup(let text): text.count > 0
        case .array(let array): !array.elements.isEmpty
        case .mapping(let mapping): mapping.count > 0
        case .namespace, .stream, .loop, .macro, .function, .method: true
        }
    }

    /// What the value is, for messages.
    var kind: String {
        switch self {
        case .undefined(let name): "the undefined '\(name.prefix(80))'"
        case .null: "none"
        case .bool: "a truth value"
        case .integer: "an integer"
        case .float: "a float"
        case .string: "a string"
        case .markup: "a safe string"
        case .array(let array): array.kind.name
        case .mapping: "a mapping"
        case .namespace: "a namespace"
        case .stream: "a generator"
        case .loop: "a loop"
        case .macro: "a macro"
        case .function: "a function"
        case .method(_, let name): "the method '\(name)'"
        }
    }
}
