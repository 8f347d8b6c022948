extension NormalForm {
    /// As `Normalizer.Step.start`.
    ///
    /// The first part of a character takes its place, other parts stand beside the part before them in the sorted text,
    /// and a composite takes in the characters of its parts.
    func start(of bytes: [UInt8], _ range: Range<Int>, _ start: Int) -> Int {
        if start == 0 { return 0 }
        let place = range.lowerBound + start
        let end = bytes[place..<range.upperBound].firstIndex { $0 < 0x80 } ?? range.upperBound
        var parts: [Part] = []
        var index = range.lowerBound
        var characters = 0
        while index < end {
            if index < place { characters += 1 }
            append(UTF8Decoding.next(bytes, &index, end: end), to: &parts)
        }
        var alignment = StartAlignment(characters: characters)
        for (scalar, change) in composed(parts.sorted()) { alignment.add(bytes: scalar.utf8.count, change: change) }
        return alignment.bytes
    }

    /// A part of a character.
    private struct Part: Comparable {
        let scalar: Unicode.Scalar
        let isFirst: Bool
        /// Its place in the order: after which starter, the combining class, and the place before sorting.
        let order: (block: Int, combiningClass: UInt8, place: Int)

        static func < (left: Part, right: Part) -> Bool { left.order < right.order }
        static func == (left: Part, right: Part) -> Bool { left.order == right.order }
    }

    private func append(_ scalar: Unicode.Scalar, to parts: inout [Part]) {
        let scalars = isCompatible ? CompatibilityMappings.shared.parts(scalar) : [scalar]
        var isFirst = true
        for part in scalars.flatMap(CanonicalDecomposition.parts) {
            let combiningClass = CanonicalDecomposition.combiningClass(part)
            let block = (parts.last?.order.block ?? 0) + (combiningClass == 0 ? 1 : 0)
            parts.append(Part(scalar: part, isFirst: isFirst, order: (block, combiningClass, parts.count)))
            isFirst = false
        }
    }

    /// The characters of the normalized text, each with its change as `StartAlignment` takes it.
    private func composed(_ parts: [Part]) -> [(scalar: Unicode.Scalar, change: Int)] {
        var changes = parts.map { $0.isFirst ? 0 : 1 }
        let scalars = parts.map(\.scalar)
        if !composes { return Array(zip(scalars, changes)) }
        var kept: [Int] = []
        let result = CanonicalComposition.shared.compose(scalars) { index, place in
            if let place {
                changes[kept[place]] += changes[index] - 1
            } else {
                kept.append(index)
            }
        }
        return zip(result, kept).map { ($0, changes[$1]) }
    }
}
