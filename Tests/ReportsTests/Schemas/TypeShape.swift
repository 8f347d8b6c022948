import StrictJSON

/// What a type reads and writes as JSON, seen by running its decoder on nothing; or what a schema allows.
indirect enum TypeShape: Equatable {
    case string, integer, number, boolean
    case values(Set<String>)
    case array(TypeShape)
    case object([String: Member])

    struct Member: Equatable {
        var shape: TypeShape
        /// Whether it may be absent.
        var isOptional: Bool
    }

    init<T: Decodable>(of type: T.Type) throws {
        self = try Self.sample(type).shape
    }

    /// Some value of a type, with the type's shape.
    static func sample<T: Decodable>(_ type: T.Type) throws -> (value: T, shape: TypeShape) {
        let simple: [(Any, TypeShape)] = [
            ("", .string), (0, .integer), (UInt64(0), .integer), (0.0, .number), (false, .boolean),
        ]
        for (value, shape) in simple {
            if let value = value as? T { return (value, shape) }
        }
        if let values = type as? any CaseIterable.Type { return try first(of: values) }
        let decoder = TypeDecoder()
        let value = try T(from: decoder)
        return (value, decoder.shape)
    }

    private static func first<T>(of type: any CaseIterable.Type) throws -> (value: T, shape: TypeShape) {
        let cases = type.allCases.map { $0 as Any }
        let names = cases.compactMap { ($0 as? any RawRepresentable)?.rawValue as? String }
        guard let value = cases.first as? T, names.count == cases.count else {
            throw DecodingError.dataCorrupted(.init(codingPath: [], debugDescription: "\(type) is no enum of strings"))
        }
        return (value, .values(Set(names)))
    }

    /// Where two shapes differ, a line each.
    func differences(from other: TypeShape, at path: String = "result") -> [String] {
        switch (self, other) {
        case (.array(let own), .array(let others)): return own.differences(from: others, at: path + "[]")
        case (.object(let own), .object(let others)):
            return Set(own.keys).union(others.keys).sorted().flatMap { name -> [String] in
                guard let a = own[name], let b = others[name] else {
                    return ["\(path).\(name) is in the \(own[name] == nil ? "schema" : "code") only"]
                }
                let optional = a.isOptional == b.isOptional ? [] : ["\(path).\(name) is optional in one of them"]
                return optional + a.shape.differences(from: b.shape, at: "\(path).\(name)")
            }
        default: return self == other ? [] : ["\(path) is \(self) in the code and \(other) in the schema"]
        }
    }
}
