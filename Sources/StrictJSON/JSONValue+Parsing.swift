extension JSONValue {
    /// Parses RFC 8259 JSON and nothing more lenient.
    ///
    /// Refused: a byte order mark, duplicate keys (by UTF-8 bytes), invalid UTF-8, unescaped control characters, lone
    /// surrogate escapes, `NaN` and `Infinity`, numbers beyond the range of `Double`, trailing text, and whatever
    /// exceeds `limits`. White space before and after the value is allowed.
    public init(parsing bytes: [UInt8], limits: JSONLimits = .default) throws(JSONError) {
        var parser = JSONParser(bytes: bytes, limits: limits)
        self = try parser.parseDocument()
    }

    /// Parses a copy of `bytes`; the rules are those for an array of bytes.
    public init(parsing bytes: UnsafeRawBufferPointer, limits: JSONLimits = .default) throws(JSONError) {
        guard bytes.count <= limits.maxBytes else { throw JSONParser.tooLong(limits) }
        try self.init(parsing: [UInt8](bytes), limits: limits)
    }
}

/// A recursive-descent parser over bytes; every index is checked by `Array`.
struct JSONParser {
    let bytes: [UInt8]
    let limits: JSONLimits
    var position = 0
    private var valueCount = 0

    init(bytes: [UInt8], limits: JSONLimits) {
        self.bytes = bytes
        self.limits = limits
    }

    mutating func parseDocument() throws(JSONError) -> JSONValue {
        guard bytes.count <= limits.maxBytes else { throw Self.tooLong(limits) }
        skipWhiteSpace()
        let value = try parseValue(depth: 0)
        skipWhiteSpace()
        guard position == bytes.count else { throw error("text after the end of the value") }
        return value
    }

    private mutating func parseValue(depth: Int) throws(JSONError) -> JSONValue {
        valueCount += 1
        guard valueCount <= limits.maxValues else { throw error("more than \(limits.maxValues) values", .tooLarge) }
        guard let first = peek() else { throw error("unexpected end of the text") }
        switch first {
        case UInt8(ascii: "\""): return .string(try parseString())
        case UInt8(ascii: "{"): return .object(try parseObject(depth: depth + 1))
        case UInt8(ascii: "["): return .array(try parseArray(depth: depth + 1))
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return try parseNumber()
        case UInt8(ascii: "t"):
            try expect("true")
            return .bool(true)
        case UInt8(ascii: "f"):
            try expect("false")
            return .bool(false)
        case UInt8(ascii: "n"):
            try expect("null")
            return .null
        default: throw error("no value starts with this character")
        }
    }

    private mutating func parseArray(depth: Int) throws(JSONError) -> [JSONValue] {
        try open(depth: depth)
        var elements: [JSONValue] = []
        if take(UInt8(ascii: "]")) { return elements }
        while true {
            elements.append(try parseValue(depth: depth))
            skipWhiteSpace()
            if take(UInt8(ascii: "]")) { return elements }
            guard take(UInt8(ascii: ",")) else { throw error("expected ',' or ']'") }
            skipWhiteSpace()
        }
    }

    private mutating func parseObject(depth: Int) throws(JSONError) -> JSONObject {
        try open(depth: depth)
        var object = JSONObject()
        if take(UInt8(ascii: "}")) { return object }
        while true {
            let start = position
            guard peek() == UInt8(ascii: "\"") else { throw error("expected a key in double quotes") }
            let key = try parseString()
            skipWhiteSpace()
            guard take(UInt8(ascii: ":")) else { throw error("expected ':'") }
            skipWhiteSpace()
            let value = try parseValue(depth: depth)
            guard object.appendIfNew(JSONObject.Member(key: key, value: value)) else {
                throw JSONError(.duplicateKey, offset: start, reason: "duplicate key \"\(key.prefix(80))\"")
            }
            skipWhiteSpace()
            if take(UInt8(ascii: "}")) { return object }
            guard take(UInt8(ascii: ",")) else { throw error("expected ',' or '}'") }
            skipWhiteSpace()
        }
    }

    /// Steps over an opening bracket and the white space after it.
    private mutating func open(depth: Int) throws(JSONError) {
        guard depth <= limits.maxDepth else { throw error("nesting deeper than \(limits.maxDepth) levels", .tooDeep) }
        position += 1
        skipWhiteSpace()
    }
}

extension JSONParser {
    func peek() -> UInt8? {
        position < bytes.count ? bytes[position] : nil
    }

    mutating func take(_ byte: UInt8) -> Bool {
        guard position < bytes.count, bytes[position] == byte else { return false }
        position += 1
        return true
    }

    mutating func skipWhiteSpace() {
        while position < bytes.count {
            switch bytes[position] {
            case 0x20, 0x09, 0x0A, 0x0D: position += 1
            default: return
            }
        }
    }

    mutating func expect(_ word: String) throws(JSONError) {
        let start = position
        for byte in word.utf8 where !take(byte) {
            throw JSONError(offset: start, reason: "expected \(word)")
        }
    }

    func error(_ reason: String, _ kind: JSONError.Kind = .syntax) -> JSONError {
        JSONError(kind, offset: position, reason: reason)
    }

    static func tooLong(_ limits: JSONLimits) -> JSONError {
        JSONError(.tooLarge, offset: limits.maxBytes, reason: "longer than \(limits.maxBytes) bytes")
    }
}
