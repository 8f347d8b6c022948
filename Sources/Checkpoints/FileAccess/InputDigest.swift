import Crypto

/// An input file by its content.
public struct InputDigest: Sendable, Hashable, Codable {
    /// The file's name, without its folder.
    public let name: String
    /// Bytes.
    public let size: Int
    /// SHA-256 in lower-case hexadecimal.
    public let sha256: String

    /// A digest that is already known.
    public init(name: String, size: Int, sha256: String) {
        self.name = name
        self.size = size
        self.sha256 = sha256
    }

    /// The digest of `bytes`.
    public init(name: String, of bytes: [UInt8]) {
        self.init(name: name, size: bytes.count, sha256: SHA256.hash(data: bytes).hexadecimal)
    }
}

extension Sequence where Element == UInt8 {
    /// Two lower-case digits a byte.
    var hexadecimal: String {
        let digits = Array("0123456789abcdef".utf8)
        var text: [UInt8] = []
        for byte in self {
            text.append(digits[Int(byte >> 4)])
            text.append(digits[Int(byte & 15)])
        }
        return String(decoding: text, as: UTF8.self)
    }
}
