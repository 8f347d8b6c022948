/// Reads numbers from bytes of a file, in order and within bounds.
struct LittleEndianReader {
    let bytes: [UInt8]
    private(set) var position: Int

    init(_ bytes: [UInt8], at position: Int = 0) {
        self.bytes = bytes
        self.position = position
    }

    /// How many bytes are left.
    var remaining: Int { bytes.count - position }

    /// The next unsigned number of `width` bytes, at most 8; `nil` past the end.
    mutating func number(_ width: Int) -> UInt64? {
        guard let part = take(width) else { return nil }
        return part.reversed().reduce(0) { $0 << 8 | UInt64($1) }
    }

    /// The next bytes; `nil` past the end.
    mutating func take(_ count: Int) -> ArraySlice<UInt8>? {
        guard count >= 0, count <= remaining else { return nil }
        defer { position += count }
        return bytes[position..<position + count]
    }

    /// The next bytes up to `end`, which is skipped; `nil` when it does not come.
    mutating func take(until end: UInt8) -> ArraySlice<UInt8>? {
        guard let stop = bytes[position...].firstIndex(of: end) else { return nil }
        defer { position = stop + 1 }
        return bytes[position..<stop]
    }
}
