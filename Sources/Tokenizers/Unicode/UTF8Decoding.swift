/// Scalars read forward and backward from UTF-8 bytes; malformed bytes read as U+FFFD, one at a time.
enum UTF8Decoding {
    private static let replacement: Unicode.Scalar = "\u{FFFD}"

    /// The scalar at `index`, which moves past it; `index` must be below `end`.
    static func next(_ bytes: [UInt8], _ index: inout Int, end: Int) -> Unicode.Scalar {
        let first = bytes[index]
        index += 1
        let (count, mask): (Int, UInt8)
        switch first {
        case ..<0x80: return Unicode.Scalar(first)
        case 0xC2..<0xE0: (count, mask) = (1, 0x1F)
        case 0xE0..<0xF0: (count, mask) = (2, 0x0F)
        case 0xF0..<0xF5: (count, mask) = (3, 0x07)
        default: return replacement
        }
        guard end - index >= count else { return replacement }
        var value = UInt32(first & mask)
        for offset in 0..<count {
            let byte = bytes[index + offset]
            guard byte & 0xC0 == 0x80 else { return replacement }
            value = value << 6 | UInt32(byte & 0x3F)
        }
        guard let scalar = Unicode.Scalar(value) else { return replacement }
        index += count
        return scalar
    }

    /// The scalar that ends at `index`, which moves before it; `index` must be above `start`.
    static func previous(_ bytes: [UInt8], _ index: inout Int, start: Int) -> Unicode.Scalar {
        var first = index - 1
        while first > start, index - first < 4, bytes[first] & 0xC0 == 0x80 { first -= 1 }
        var position = first
        let scalar = next(bytes, &position, end: index)
        guard position == index else {
            index -= 1
            return replacement
        }
        index = first
        return scalar
    }
}
