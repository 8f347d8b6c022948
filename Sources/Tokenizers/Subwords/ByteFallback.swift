/// Tokens that stand for one byte of a character that the vocabulary lacks.
enum ByteFallback {
    private static let digits = Array("0123456789ABCDEF")

    /// The token of a byte, such as `<0xE4>`.
    static func token(_ byte: UInt8) -> String { "<0x\(digits[Int(byte >> 4)])\(digits[Int(byte & 15)])>" }

    /// The byte of a token such as `<0xE4>`; `nil` for any other token.
    static func byte(of token: some StringProtocol) -> UInt8? {
        guard token.utf8.count == 6, token.hasPrefix("<0x"), token.hasSuffix(">") else { return nil }
        let byte = UInt8(token.dropFirst(3).dropLast(), radix: 16)
        return byte.flatMap { Self.token($0) == token ? $0 : nil }
    }
}
