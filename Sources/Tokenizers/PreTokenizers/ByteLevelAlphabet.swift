/// The characters that stand for bytes in byte-level vocabularies: printable Latin-1 for itself, others from U+0100 on.
enum ByteLevelAlphabet {
    /// The character of each byte.
    static let scalars: [Unicode.Scalar] = {
        var next: UInt32 = 0x100
        return (UInt8.min...UInt8.max).map { byte in
            switch byte {
            case 0x21...0x7E, 0xA1...0xAC, 0xAE...0xFF: return Unicode.Scalar(byte)
            default:
                defer { next += 1 }
                return Unicode.Scalar(next) ?? "\u{FFFD}"
            }
        }
    }()

    private static let bytes: [UInt8?] = {
        var bytes = [UInt8?](repeating: nil, count: 0x144)
        for (byte, scalar) in scalars.enumerated() { bytes[Int(scalar.value)] = UInt8(truncatingIfNeeded: byte) }
        return bytes
    }()

    /// The bytes that a token's characters stand for; `nil` if one of them is outside the alphabet.
    static func bytes(of token: some StringProtocol) -> [UInt8]? {
        var result: [UInt8] = []
        for scalar in token.unicodeScalars {
            guard scalar.value < bytes.count, let byte = bytes[Int(scalar.value)] else { return nil }
            result.append(byte)
        }
        return result
    }

    /// Appends the characters that stand for `bytes` to `output`, in UTF-8.
    static func encode(_ bytes: ArraySlice<UInt8>, into output: inout [UInt8]) {
        for byte in bytes { output.append(contentsOf: scalars[Int(byte)].utf8) }
    }
}

extension Unicode.Scalar {
    /// The character's UTF-8 bytes.
    var utf8: Unicode.UTF8.EncodedScalar { UTF8.encode(self) ?? UTF8.encodedReplacementCharacter }
}
