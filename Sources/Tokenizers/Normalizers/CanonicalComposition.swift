@_spi(_Unicode) import Swift

/// Composition of decomposed text, the second half of NFC and NFKC.
struct CanonicalComposition: Sendable {
    static let shared = CanonicalComposition()

    /// Composites of Unicode 9.0 by their two parts.
    private var composites: [UInt64: Unicode.Scalar] = [:]

    /// Blocks that hold every character with a canonical decomposition into two.
    private static let blocks: [ClosedRange<UInt32>] = [
        0xC0...0x4FF, 0x620...0x6FF, 0x900...0xDFF, 0x1000...0x10FF, 0x1B00...0x1BFF, 0x1E00...0x1FFF,
        0x2190...0x22FF, 0x3040...0x30FF, 0x11000...0x115FF,
    ]

    private init() {
        for scalar in Self.blocks.joined().lazy.compactMap(Unicode.Scalar.init)
        where CanonicalDecomposition.isKnown(scalar) {
            let parts = Array(String(scalar)._nfd)
            guard parts.count > 1, let last = parts.last, Array(String(scalar)._nfc) == [scalar] else { continue }
            var text = String.UnicodeScalarView()
            text.append(contentsOf: parts.dropLast())
            let first = Array(String(text)._nfc)
            if first.count == 1 { composites[Self.key(first[0], last)] = scalar }
        }
    }

    private static func key(_ first: Unicode.Scalar, _ second: Unicode.Scalar) -> UInt64 {
        UInt64(first.value) << 32 | UInt64(second.value)
    }

    /// The character that two characters become; `nil` if they stay two.
    private func composite(_ first: Unicode.Scalar, _ second: Unicode.Scalar) -> Unicode.Scalar? {
        switch (first.value, second.value) {
        case (0x1100...0x1112, 0x1161...0x1175):
            Unicode.Scalar(0xAC00 + ((first.value - 0x1100) * 21 + (second.value - 0x1161)) * 28)
        case (0xAC00...0xD7A3, 0x11A8...0x11C2) where (first.value - 0xAC00) % 28 == 0:
            Unicode.Scalar(first.value + second.value - 0x11A7)
        default: composites[Self.key(first, second)]
        }
    }

    /// The composed form of `scalars`, which are decomposed and in canonical order.
    ///
    /// - Parameter body: is told the place of each scalar and the place in the result of the one that it joins, if any.
    @inline(__always)
    func compose(
        _ scalars: [Unicode.Scalar], _ body: (_ index: Int, _ joined: Int?) -> Void = { _, _ in }
    ) -> [Unicode.Scalar] {
        var result: [Unicode.Scalar] = []
        result.reserveCapacity(scalars.count)
        var starter: Int?
        var lastClass: UInt8 = 0
        for (index, scalar) in scalars.enumerated() {
            let combiningClass = CanonicalDecomposition.combiningClass(scalar)
            if let place = starter, place == result.count - 1 || lastClass < combiningClass,
                let composite = composite(result[place], scalar)
            {
                result[place] = composite
                body(index, place)
                continue
            }
            if combiningClass == 0 { starter = result.count }
            lastClass = combiningClass
            result.append(scalar)
            body(index, nil)
        }
        return result
    }
}
