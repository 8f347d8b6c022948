/// Character classes of Hugging Face's BERT normalizer and pre-tokenizer.
///
/// They rest on general categories of Unicode 8.0 (the Rust crate `unicode_categories`). Categories seldom change once
/// assigned: the current ones, limited to characters that Unicode 8.0 had, differ in the few characters named below.
extension Unicode.Scalar {
    /// Whether Unicode 8.0 had this character.
    private var isInUnicode8: Bool { properties.age.map { $0.major <= 8 } ?? false }

    /// Whether cleaning drops this character: U+FFFD and categories Cc, Cf and Co, without tab, line feed and return.
    var isDroppedByBertCleaning: Bool {
        switch value {
        case 0x09, 0x0A, 0x0D: return false
        case ..<0x7F: return value < 0x20
        case 0xFFFD: return true
        default: break
        }
        return switch properties.generalCategory {
        case .control, .format, .privateUse: isInUnicode8
        default: false
        }
    }

    /// Whether this is a nonspacing mark, which accent stripping drops.
    var isBertNonspacingMark: Bool {
        switch value {
        case ..<0x300, 0x1885, 0x1886, 0xA9BD, 0x111C9: false
        case 0x1734, 0x1171E: true
        default: properties.generalCategory == .nonspacingMark && isInUnicode8
        }
    }

    /// Whether this is a mark of any kind in Unicode 9.0, which the normalizer `StripAccents` drops.
    var isCombiningMark: Bool {
        switch value {
        case ..<0x300, 0x111C9: return false
        case 0x1CF2, 0x1CF3: return true
        default: break
        }
        return switch properties.generalCategory {
        case .nonspacingMark, .spacingMark, .enclosingMark: CanonicalDecomposition.isKnown(self)
        default: false
        }
    }

    /// Whether this character is a word of its own: ASCII punctuation and symbols, and the categories P*.
    var isBertPunctuation: Bool {
        switch value {
        case ..<0x80: return ASCIIClass.isPunctuation(UInt8(truncatingIfNeeded: value))
        case 0x166D, 0x111C9: return true
        default: break
        }
        return switch properties.generalCategory {
        case .connectorPunctuation, .dashPunctuation, .openPunctuation, .closePunctuation, .initialPunctuation,
            .finalPunctuation, .otherPunctuation:
            isInUnicode8
        default: false
        }
    }

    /// Whether this is one of the ideographs that are set between spaces (the blocks that the normalizer lists).
    var isBertIdeograph: Bool {
        switch value {
        case 0x4E00...0x9FFF, 0x3400...0x4DBF, 0x20000...0x2A6DF, 0x2A700...0x2B81F, 0x2B920...0x2CEAF,
            0xF900...0xFAFF, 0x2F800...0x2FA1F:
            true
        default: false
        }
    }

    /// Whether this is a word character of a regular expression's `\w` in Unicode 16.0 (the Rust crate `regex`).
    var isWordCharacter: Bool {
        guard let age = properties.age, age.major <= 16 else { return false }
        if properties.isAlphabetic || properties.isJoinControl { return true }
        return switch properties.generalCategory {
        case .nonspacingMark, .spacingMark, .enclosingMark, .decimalNumber, .connectorPunctuation: true
        default: false
        }
    }
}

/// Classes of ASCII bytes as bit sets.
enum ASCIIClass {
    private static let lowPunctuation: UInt64 = 0xFC00_FFFE_0000_0000
    private static let highPunctuation: UInt64 = 0x7800_0001_F800_0001
    private static let whitespace: UInt64 = 0x0000_0001_0000_3E00

    /// Whether an ASCII byte is punctuation or a symbol: `!` to `/`, `:` to `@`, `[` to `` ` `` and `{` to `~`.
    @inline(__always)
    static func isPunctuation(_ byte: UInt8) -> Bool {
        let set = byte < 0x40 ? lowPunctuation : highPunctuation
        return byte < 0x80 && set >> UInt64(byte & 0x3F) & 1 == 1
    }

    /// Whether a byte is ASCII white space: tab to return, and the space.
    @inline(__always)
    static func isWhitespace(_ byte: UInt8) -> Bool { byte < 0x40 && whitespace >> UInt64(byte) & 1 == 1 }
}
