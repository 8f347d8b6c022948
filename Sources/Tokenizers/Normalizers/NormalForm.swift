/// Unicode's normalization forms in Unicode 9.0, which the Rust crate `unicode-normalization-alignments` implements.
enum NormalForm: Sendable, Equatable {
    case nfc
    case nfd
    case nfkc
    case nfkd

    var composes: Bool { self == .nfc || self == .nfkc }
    var isCompatible: Bool { self == .nfkc || self == .nfkd }

    /// Appends the normalized form of `bytes[range]` to `output`.
    ///
    /// ASCII is in every form already; other characters are taken in runs, with the ASCII character before them that
    /// a mark may join.
    func normalize(_ bytes: [UInt8], _ range: Range<Int>, into output: inout [UInt8]) {
        var run: [Unicode.Scalar] = []
        var index = range.lowerBound
        var done = index
        while index < range.upperBound {
            if bytes[index] < 0x80 {
                index += 1
                continue
            }
            let start = max(done, index - 1)
            output.append(contentsOf: bytes[done..<start])
            index = start
            run.removeAll(keepingCapacity: true)
            repeat {
                run.append(UTF8Decoding.next(bytes, &index, end: range.upperBound))
            } while index < range.upperBound && bytes[index] >= 0x80
            for scalar in normalized(run) { output.append(contentsOf: scalar.utf8) }
            done = index
        }
        output.append(contentsOf: bytes[done..<range.upperBound])
    }

    private func normalized(_ scalars: [Unicode.Scalar]) -> [Unicode.Scalar] {
        let decomposed = CanonicalDecomposition.decompose(
            isCompatible ? scalars.flatMap(CompatibilityMappings.shared.parts) : scalars)
        return composes ? CanonicalComposition.shared.compose(decomposed) : decomposed
    }
}
