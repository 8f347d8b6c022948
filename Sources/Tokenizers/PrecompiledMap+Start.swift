extension PrecompiledMap {
    /// As `Normalizer.Step.start`.
    ///
    /// Of a replacement as many characters as were replaced take their places; further ones stand beside the last, and
    /// missing ones are taken in by the character before them, if there is one.
    func start(of bytes: [UInt8], _ range: Range<Int>, _ start: Int) -> Int {
        var alignment = StartAlignment(characters: bytes[range.lowerBound..<range.lowerBound + start].characterCount)
        var last: (bytes: Int, change: Int)?
        forEachPart(of: bytes, range) { part, replacement in
            let text = replacement ?? bytes[part]
            let old = bytes[part].characterCount
            let sizes = text.characterSizes
            for (place, size) in sizes.enumerated() {
                if let last { alignment.add(bytes: last.bytes, change: last.change) }
                last = (size, place < old ? 0 : 1)
            }
            if sizes.count < old { last?.change -= old - sizes.count }
            return !alignment.isComplete
        }
        if let last { alignment.add(bytes: last.bytes, change: last.change) }
        return alignment.bytes
    }
}

extension ArraySlice<UInt8> {
    fileprivate var characterCount: Int { count { $0 & 0xC0 != 0x80 } }

    /// Bytes of each character.
    fileprivate var characterSizes: [Int] {
        var sizes: [Int] = []
        for byte in self {
            if byte & 0xC0 != 0x80 || sizes.isEmpty { sizes.append(1) } else { sizes[sizes.count - 1] += 1 }
        }
        return sizes
    }
}
