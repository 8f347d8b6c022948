/// A value of a GGUF file's metadata, as it is stored.
public enum GGUFValue: Sendable, Equatable {
    case uint8(UInt8)
    case int8(Int8)
    case uint16(UInt16)
    case int16(Int16)
    case uint32(UInt32)
    case int32(Int32)
    case float32(Float)
    case bool(Bool)
    /// Untrusted text.
    case string(String)
    /// Elements of one type.
    case array([GGUFValue])
    case uint64(UInt64)
    case int64(Int64)
    case float64(Double)

    /// The types by the numbers that the format gives them.
    enum Kind: UInt32, CaseIterable {
        case uint8 = 0
        case int8, uint16, int16, uint32, int32, float32, bool, string, array, uint64, int64, float64

        /// Fewest bytes that a value takes.
        var leastBytes: Int {
            switch self {
            case .uint8, .int8, .bool: 1
            case .uint16, .int16: 2
            case .uint32, .int32, .float32: 4
            case .uint64, .int64, .float64, .string: 8
            case .array: 12
            }
        }
    }
}

extension GGUFValue {
    /// The value of an integer that fits `Int`; `nil` for anything else.
    public var intValue: Int? {
        switch self {
        case .uint8(let value): Int(value)
        case .int8(let value): Int(value)
        case .uint16(let value): Int(value)
        case .int16(let value): Int(value)
        case .uint32(let value): Int(value)
        case .int32(let value): Int(value)
        case .uint64(let value): Int(exactly: value)
        case .int64(let value): Int(exactly: value)
        default: nil
        }
    }

    /// The value of a number with a fraction, or of an integer; `nil` for anything else.
    ///
    /// A single is read as the shortest decimal number that stands for it: 1e-05 rather than 9.99999974e-06, for that
    /// is what it was made from.
    public var doubleValue: Double? {
        switch self {
        case .float32(let value): Double("\(value)")
        case .float64(let value): value
        default: intValue.map { Double($0) }
        }
    }

    /// The value of a Boolean; `nil` for anything else.
    public var boolValue: Bool? {
        if case .bool(let value) = self { value } else { nil }
    }

    /// The text of a string; `nil` for anything else.
    public var stringValue: String? {
        if case .string(let value) = self { value } else { nil }
    }

    /// The elements of an array; `nil` for anything else.
    public var arrayValue: [GGUFValue]? {
        if case .array(let elements) = self { elements } else { nil }
    }
}
