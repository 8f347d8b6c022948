extension JSONParser {
    /// Parses from an opening to a closing quotation mark.
    mutating func parseString() throws(JSONError) -> String {
        let start = position
        position += 1
        let plainStart = position
        skipPlain()
        if peek() == UInt8(ascii: "\"") {
            position += 1
            return try text(bytes[plainStart..<position - 1], from: start)
        }
        var decoded = Array(bytes[plainStart..<position])
        while true {
            switch peek() {
            case UInt8(ascii: "\""):
                position += 1
                return try text(decoded[...], from: start)
            case UInt8(ascii: "\\"):
                try parseEscape(into: &decoded)
            case nil: throw JSONError(offset: start, reason: "string without a closing quotation mark")
            default: throw error("control character in a string; it must be escaped")
            }
            let run = position
            skipPlain()
            decoded.append(contentsOf: bytes[run..<position])
        }
    }

    /// Skips what stands for itself: anything but a quotation mark, a backslash or a control character.
    private mutating func skipPlain() {
        while position < bytes.count {
            let byte = bytes[position]
            if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") || byte < 0x20 { return }
            position += 1
        }
    }

    private func text(_ utf8: ArraySlice<UInt8>, from start: Int) throws(JSONError) -> String {
        guard let text = String(validating: utf8, as: UTF8.self) else {
            throw JSONError(.invalidText, offset: start, reason: "string that is not valid UTF-8")
        }
        return text
    }

    private mutating func parseEscape(into decoded: inout [UInt8]) throws(JSONError) {
        let start = position
        position += 1
        let escape = peek()
        position += 1
        switch escape {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): decoded.append(bytes[position - 1])
        case UInt8(ascii: "b"): decoded.append(0x08)
        case UInt8(ascii: "f"): decoded.append(0x0C)
        case UInt8(ascii: "n"): decoded.append(0x0A)
        case UInt8(ascii: "r"): decoded.append(0x0D)
        case UInt8(ascii: "t"): decoded.append(0x09)
        case UInt8(ascii: "u"):
            let scalar = try parseUnicodeEscape(from: start)
            decoded.append(contentsOf: String(Character(scalar)).utf8)
        default: throw JSONError(offset: start, reason: "unknown escape")
        }
    }

    private mutating func parseUnicodeEscape(from start: Int) throws(JSONError) -> Unicode.Scalar {
        let first = try parseFourHexDigits(from: start)
        if let scalar = Unicode.Scalar(first) { return scalar }
        guard first < 0xDC00, take(UInt8(ascii: "\\")), take(UInt8(ascii: "u")) else {
            throw JSONError(.invalidText, offset: start, reason: "lone surrogate escape")
        }
        let second = try parseFourHexDigits(from: start)
        guard (0xDC00...0xDFFF).contains(second),
            let scalar = Unicode.Scalar(0x10000 + (first - 0xD800) << 10 + (second - 0xDC00))
        else { throw JSONError(.invalidText, offset: start, reason: "lone surrogate escape") }
        return scalar
    }

    private mutating func parseFourHexDigits(from start: Int) throws(JSONError) -> UInt32 {
        var value: UInt32 = 0
        for _ in 0..<4 {
            let digit: UInt8
            switch peek() {
            case .some(let byte) where (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte): digit = byte - 0x30
            case .some(let byte) where (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(byte): digit = byte - 0x57
            case .some(let byte) where (UInt8(ascii: "A")...UInt8(ascii: "F")).contains(byte): digit = byte - 0x37
            default: throw JSONError(offset: start, reason: "\\u without four hexadecimal digits")
            }
            value = value << 4 | UInt32(digit)
            position += 1
        }
        return value
    }

    /// Parses `-? (0 | [1-9][0-9]*) (. [0-9]+)? ([eE] [+-]? [0-9]+)?`.
    mutating func parseNumber() throws(JSONError) -> JSONValue {
        let start = position
        let isNegative = take(UInt8(ascii: "-"))
        let firstDigit = position
        try skipDigits("expected a digit")
        if bytes[firstDigit] == UInt8(ascii: "0"), position > firstDigit + 1 {
            throw JSONError(offset: start, reason: "number with a leading zero")
        }
        var isInteger = true
        if take(UInt8(ascii: ".")) {
            isInteger = false
            try skipDigits("expected a digit after '.'")
        }
        if take(UInt8(ascii: "e")) || take(UInt8(ascii: "E")) {
            isInteger = false
            if !take(UInt8(ascii: "+")) { _ = take(UInt8(ascii: "-")) }
            try skipDigits("expected a digit in the exponent")
        }
        let text = String(decoding: bytes[start..<position], as: UTF8.self)
        if isInteger, let value = Int(text), !(isNegative && value == 0) { return .integer(value) }
        guard let value = Double(text), value.isFinite else {
            throw JSONError(.numberRange, offset: start, reason: "number beyond the range of a double")
        }
        return .number(value)
    }

    private mutating func skipDigits(_ reason: String) throws(JSONError) {
        let start = position
        while position < bytes.count, bytes[position] &- 0x30 < 10 { position += 1 }
        if position == start { throw error(reason) }
    }
}
