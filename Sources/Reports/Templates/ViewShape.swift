/// What a template may ask of a view: the names in it and what each of them is.
///
/// Read off a view type's own `Decodable` conformance, so that the shape cannot fall behind the type.
indirect enum ViewShape: Equatable {
    case text
    /// A value that writes its own Markdown.
    case code
    case flag
    case object([String: ViewShape])
    case list(ViewShape)
    case optional(ViewShape)

    init<View: Decodable>(of type: View.Type) throws {
        if type == String.self {
            self = .text
        } else if type == CodeSpan.self || type == CodeBlock.self {
            self = .code
        } else {
            let decoder = ShapeDecoder()
            _ = try View(from: decoder)
            self = decoder.shape
        }
    }
}

/// Runs a type's decoder on nothing, noting what it asks for.
private final class ShapeDecoder: Decoder {
    var shape = ViewShape.object([:])
    let codingPath: [any CodingKey] = []
    let userInfo: [CodingUserInfoKey: Any] = [:]

    func container<Key>(keyedBy type: Key.Type) -> KeyedDecodingContainer<Key> {
        KeyedDecodingContainer(ShapeKeys<Key>(decoder: self))
    }

    func unkeyedContainer() -> any UnkeyedDecodingContainer { ShapeElements(decoder: self) }

    func singleValueContainer() throws -> any SingleValueDecodingContainer { throw unsupported() }

    /// Some value of a type that a view may hold.
    static func placeholder<T: Decodable>(_ type: T.Type) throws -> T {
        let simple: [Any] = ["", CodeSpan(""), CodeBlock(lines: [])]
        for value in simple {
            if let value = value as? T { return value }
        }
        return try T(from: ShapeDecoder())
    }

    func note(_ name: String, _ member: ViewShape) {
        guard case .object(var members) = shape else { return }
        members[name] = member
        shape = .object(members)
    }

    func unsupported() -> DecodingError {
        .dataCorrupted(.init(codingPath: [], debugDescription: "a view holds text, flags, lists and views only"))
    }
}

private struct ShapeKeys<Key: CodingKey>: KeyedDecodingContainerProtocol {
    let decoder: ShapeDecoder
    let codingPath: [any CodingKey] = []
    let allKeys: [Key] = []

    func contains(_ key: Key) -> Bool { true }
    func decodeNil(forKey key: Key) -> Bool { false }

    func decode(_ type: Bool.Type, forKey key: Key) -> Bool {
        decoder.note(key.stringValue, .flag)
        return false
    }

    func decode(_ type: String.Type, forKey key: Key) -> String {
        decoder.note(key.stringValue, .text)
        return ""
    }

    func decode<T: Decodable>(_ type: T.Type, forKey key: Key) throws -> T {
        let (value, shape) = try sample(type)
        decoder.note(key.stringValue, shape)
        return value
    }

    func decodeIfPresent<T: Decodable>(_ type: T.Type, forKey key: Key) throws -> T? {
        let (value, shape) = try sample(type)
        decoder.note(key.stringValue, .optional(shape))
        return value
    }

    private func sample<T: Decodable>(_ type: T.Type) throws -> (T, ViewShape) {
        (try ShapeDecoder.placeholder(type), try ViewShape(of: type))
    }

    func nestedContainer<Nested>(keyedBy type: Nested.Type, forKey key: Key) throws -> KeyedDecodingContainer<Nested> {
        throw decoder.unsupported()
    }
    func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer { throw decoder.unsupported() }
    func superDecoder() throws -> any Decoder { throw decoder.unsupported() }
    func superDecoder(forKey key: Key) throws -> any Decoder { throw decoder.unsupported() }
}

/// An array of one element, so that the element's shape is seen.
private struct ShapeElements: UnkeyedDecodingContainer {
    let decoder: ShapeDecoder
    let codingPath: [any CodingKey] = []
    let count: Int? = 1
    var currentIndex = 0
    var isAtEnd: Bool { currentIndex > 0 }

    init(decoder: ShapeDecoder) {
        self.decoder = decoder
    }

    mutating func decodeNil() -> Bool { false }

    mutating func decode<T: Decodable>(_ type: T.Type) throws -> T {
        currentIndex = 1
        decoder.shape = .list(try ViewShape(of: type))
        return try ShapeDecoder.placeholder(type)
    }

    mutating func nestedContainer<Nested>(keyedBy type: Nested.Type) throws -> KeyedDecodingContainer<Nested> {
        throw decoder.unsupported()
    }
    mutating func nestedUnkeyedContainer() throws -> any UnkeyedDecodingContainer { throw decoder.unsupported() }
    mutating func superDecoder() throws -> any Decoder { throw decoder.unsupported() }
}
