/// Characters that NFKD takes apart and NFD does not.
struct CompatibilityMappings: Sendable {
    static let shared = CompatibilityMappings()

    private var mappings: [UInt32: [Unicode.Scalar]] = [:]

    /// What `scalar` becomes, itself for most.
    func parts(_ scalar: Unicode.Scalar) -> [Unicode.Scalar] {
        scalar.value < 0xA0 ? [scalar] : mappings[scalar.value] ?? [scalar]
    }

    private init() {
        for entry in Self.data.utf8.split(whereSeparator: { $0 == 0x20 || $0 == 0x0A }) {
            let sides = entry.split(separator: UInt8(ascii: "="))
            guard sides.count == 2 else { continue }
            let source = sides[0].split(separator: UInt8(ascii: "+")).compactMap(Self.number)
            let target = sides[1].split(separator: UInt8(ascii: ".")).compactMap(Self.number)
            guard let first = source.first, let start = target.first else { continue }
            if source.count == 1 {
                mappings[first] = target.compactMap(Unicode.Scalar.init)
                continue
            }
            for offset in 0...source[1] { mappings[first + offset] = [start + offset].compactMap(Unicode.Scalar.init) }
        }
    }

    private static func number(_ digits: Substring.UTF8View) -> UInt32? { UInt32(Substring(digits), radix: 16) }
}
