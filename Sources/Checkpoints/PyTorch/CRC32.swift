/// The checksum of zip files (ISO 3309, polynomial 0xEDB88320), eight bytes a step.
struct CRC32 {
    private var state = UInt32.max

    /// The checksum of everything added so far.
    var value: UInt32 { ~state }

    /// Row r holds the effect of a byte that r further ones follow.
    private static let tables: [UInt32] = {
        var tables = [UInt32](repeating: 0, count: 8 * 256)
        for byte in 0..<256 {
            var value = UInt32(byte)
            for _ in 0..<8 { value = value & 1 == 1 ? value >> 1 ^ 0xEDB8_8320 : value >> 1 }
            tables[byte] = value
        }
        for row in 1..<8 {
            for byte in 0..<256 {
                let before = tables[(row - 1) * 256 + byte]
                tables[row * 256 + byte] = before >> 8 ^ tables[Int(before & 0xFF)]
            }
        }
        return tables
    }()

    /// Adds further bytes.
    mutating func add(_ bytes: UnsafeRawBufferPointer) {
        var value = state
        let whole = bytes.count & ~7
        Self.tables.withUnsafeBufferPointer { tables in
            for start in stride(from: 0, to: whole, by: 8) {
                let eight = UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: start, as: UInt64.self))
                let mixed = eight ^ UInt64(value)
                value = 0
                for byte in 0..<8 {
                    value ^= tables[(7 &- byte) &* 256 &+ Int(truncatingIfNeeded: mixed >> UInt64(8 &* byte) & 0xFF)]
                }
            }
            for byte in bytes[whole...] { value = value >> 8 ^ tables[Int((value ^ UInt32(byte)) & 0xFF)] }
        }
        state = value
    }
}
