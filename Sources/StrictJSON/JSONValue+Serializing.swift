extension JSONValue {
    /// The value as UTF-8 JSON, members in order; reading it back gives an equal value.
    ///
    /// - Parameter indentation: spaces a level; `nil` writes one line without spaces.
    /// - Returns: no trailing line feed. A number that is not finite, which parsing never yields, becomes `null`.
    public func serialized(indentation: Int? = nil) -> [UInt8] {
        var writer = JSONWriter(indentation: indentation)
        writer.write(self, depth: 0)
        return writer.bytes
    }
}

private struct JSONWriter {
    let indentation: Int?
    var bytes: [UInt8] = []

    init(indentation: Int?) {
        self.indentation = indentation
    }

    mutating func write(_ value: JSONValue, depth: Int) {
        switch value {
        case .null: write("null")
        case .bool(let value): write(value ? "true" : "false")
        case .integer(let value): write(String(value))
        case .number(let value): write(value.isFinite ? value.description : "null")
        case .string(let value): writeQuoted(value)
        case .array(let elements):
            bytes.append(UInt8(ascii: "["))
            for (index, element) in elements.enumerated() {
                separate(index, depth: depth + 1)
                write(element, depth: depth + 1)
            }
            close(UInt8(ascii: "]"), isEmpty: elements.isEmpty, depth: depth)
        case .object(let object):
            bytes.append(UInt8(ascii: "{"))
            for (index, member) in object.members.enumerated() {
                separate(index, depth: depth + 1)
                writeQuoted(member.key)
                write(indentation == nil ? ":" : ": ")
                write(member.value, depth: depth + 1)
            }
            close(UInt8(ascii: "}"), isEmpty: object.members.isEmpty, depth: depth)
        }
    }

    private mutating func write(_ text: String) {
        bytes.append(contentsOf: text.utf8)
    }

    private mutating func separate(_ index: Int, depth: Int) {
        if index > 0 { bytes.append(UInt8(ascii: ",")) }
        breakLine(depth)
    }

    private mutating func close(_ bracket: UInt8, isEmpty: Bool, depth: Int) {
        if !isEmpty { breakLine(depth) }
        bytes.append(bracket)
    }

    private mutating func breakLine(_ depth: Int) {
        guard let indentation else { return }
        bytes.append(UInt8(ascii: "\n"))
        bytes.append(contentsOf: repeatElement(UInt8(ascii: " "), count: max(0, indentation) * depth))
    }

    private mutating func writeQuoted(_ text: String) {
        bytes.append(UInt8(ascii: "\""))
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "\""): write("\\\"")
            case UInt8(ascii: "\\"): write("\\\\")
            case 0x0A: write("\\n")
            case 0x0D: write("\\r")
            case 0x09: write("\\t")
            case 0..<0x20:
                let digits = String(byte, radix: 16)
                write("\\u" + String(repeating: "0", count: 4 - digits.utf8.count) + digits)
            default: bytes.append(byte)
            }
        }
        bytes.append(UInt8(ascii: "\""))
    }
}
