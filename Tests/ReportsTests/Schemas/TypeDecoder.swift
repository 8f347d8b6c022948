/// Runs a type's decoder on nothing, noting what it asks for.
final class TypeDecoder: Decoder {
    private(set) var shape = TypeShape.object([:])
    let codingPath: [any CodingKey] = []
    let userInfo: [CodingUserInfoKey: Any] = [:]

    func container<Key>(keyedBy type: Key.Type) -> KeyedDecodingContainer<Key> {
        KeyedDecodingContainer(TypeMembers<Key>(decoder: self))
    }

    func unkeyedContainer() -> any UnkeyedDecodingContainer { TypeElements(decoder: self) }

    func singleValueContainer() throws -> any SingleValueDecodingContainer { throw unsupported() }

    fileprivate func member<T: Decodable>(_ type: T.Type, _ key: any CodingKey, isOptional: Bool) throws -> T {
        let (value, shape) = try TypeShape.sample(type)
        if case .object(var members) = self.shape {
            members[key.stringValue] = TypeShape.Member(shape: shape, isOptional: isOptional)
            self.shape = .object(members)
        }
        return value
    }

    fileprivate func element<T: Decodable>(_ type: T.Type) throws -> T {
        let (value, shape) = try TypeShape.sample(type)
        self.shape = .array(shape)
        return value
    }

    fileprivate func unsupported() -> DecodingError {
        .dataCorrupted(.init(codingPath: [], debugDescription: "a result holds no such type"))
    }
}

private struct TypeMembers<Key: CodingKey>: KeyedDecodingContainerProtocol {
    let decoder: TypeDecoder
    let codingPath: [any CodingKey] = []
    let allKeys: [Key] = []

    func contains(_ key: Key) -> Bool { true }
    func decodeNil(forKey key: Key) -> Bool { false }

    func decode<T: Decodable>(_ type: T.Type, forKey key: Key) throws -> T {
        try decoder.member(type, key, isOptional: false)
    }

    func decodeIfPresent<T: Decodable>(_ type: T.Type, forKey key: Key) throws -> T? {
        try decoder.member(type, key, isOptional: true)
    }

    // The library has a method of its own for each simple type.
    func decodeIfPresent(_ type: String.Type, forKey key: Key) throws -> String? {
        try decoder.member(type, key, isOptional: true)
    }
    func decodeIfPresent(_ type: Int.Type, forKey key: Key) throws -> Int? {
        try decoder.member(type, key, isOptional: true)
    }
    func decodeIfPresent(_ type: Double.Type, forKey key: Key) throws -> Double? {
        try decoder.member(type, key, isOptional: true)
    }
    func decodeIfPresent(_ type: Bool.Type, forKey key: Key) throws -> Bool? {
        try decoder.member(type, key, isOptional: true)
    }

    func nestedContainer<Nested>(keyedBy type: Nested.Type, forKey key: Key) throws -> KeyedDecodingContainer<Nested> {
        throw decoder.unsupported()
    }
    func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer { throw decoder.unsupported() }
    func superDecoder() throws -> any Decoder { throw decoder.unsupported() }
    func superDecoder(forKey key: Key) throws -> any Decoder { throw decoder.unsupported() }
}

/// An array of one element, so that the element's shape is seen.
private struct TypeElements: UnkeyedDecodingContainer {
    let decoder: TypeDecoder
    let codingPath: [any CodingKey] = []
    let count: Int? = 1
    var currentIndex = 0
    var isAtEnd: Bool { currentIndex > 0 }

    init(decoder: TypeDecoder) {
        self.decoder = decoder
    }

    mutating func decodeNil() -> Bool { false }

    mutating func decode<T: Decodable>(_ type: T.Type) throws -> T {
        currentIndex = 1
        return try decoder.element(type)
    }

    mutating func nestedContainer<Nested>(keyedBy type: Nested.Type) throws -> KeyedDecodingContainer<Nested> {
        throw decoder.unsupported()
    }
    mutating func nestedUnkeyedContainer() throws -> any UnkeyedDecodingContainer { throw decoder.unsupported() }
    mutating func superDecoder() throws -> any Decoder { throw decoder.unsupported() }
}
