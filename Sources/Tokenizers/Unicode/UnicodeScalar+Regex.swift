/// Character classes of the regular expressions that vendors' tokenizers use, in Unicode 16.0 (Oniguruma 6.9.10).
enum RegexClass: UInt8 {
    /// `\p{L}`.
    case letter
    /// `\p{N}`.
    case number
    /// `\p{M}`.
    case mark
    /// Line feed and carriage return.
    case newline
    /// Other white space, `\s`.
    case space
    case other

    @inline(__always)
    var isWhitespace: Bool { self == .newline || self == .space }

    /// The class of the character at `index`, which moves past it; `index` must be below `end`.
    @inline(__always)
    static func next(_ bytes: [UInt8], _ index: inout Int, end: Int) -> RegexClass {
        let byte = bytes[index]
        if byte < 0x80 {
            index += 1
            return ofASCII(byte)
        }
        return UTF8Decoding.next(bytes, &index, end: end).regexClass
    }

    @inline(__always)
    private static func ofASCII(_ byte: UInt8) -> RegexClass {
        switch byte {
        case 0x61...0x7A, 0x41...0x5A: .letter
        case 0x20, 0x09, 0x0B, 0x0C: .space
        case 0x30...0x39: .number
        case 0x0A, 0x0D: .newline
        default: .other
        }
    }
}

extension Unicode.Scalar {
    /// The class of a character beyond ASCII.
    var regexClass: RegexClass {
        if properties.isWhitespace { return .space }
        let kind: RegexClass
        switch properties.generalCategory {
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter: kind = .letter
        case .decimalNumber, .letterNumber, .otherNumber: kind = .number
        case .nonspacingMark, .spacingMark, .enclosingMark: kind = .mark
        default: return .other
        }
        return isInUnicode16 ? kind : .other
    }

    /// Whether Unicode 16.0 had this character.
    var isInUnicode16: Bool { properties.age.map { $0.major <= 16 } ?? false }

    /// Whether this is a number of any kind in Unicode 17.0, as Rust's `char::is_numeric` has it.
    var isNumeric: Bool {
        switch properties.generalCategory {
        case .decimalNumber, .letterNumber, .otherNumber: true
        default: false
        }
    }
}
