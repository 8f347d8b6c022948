/// BERT's normalization: cleaning, spaces around ideographs, accents stripped, lower case.
struct BertNormalizer: Sendable, Equatable {
    /// Whether control characters are dropped and white space becomes the space.
    var cleansText: Bool
    /// Whether each CJK ideograph is set between spaces.
    var separatesIdeographs: Bool
    /// Whether text is decomposed and nonspacing marks are dropped; `nil` follows `lowercases`.
    var stripsAccents: Bool?
    /// Whether letters become lower case, each for itself.
    var lowercases: Bool

    private static let space: UInt8 = 0x20

    /// Appends the normalized form of `bytes[range]` to `output`.
    ///
    /// ASCII goes byte by byte. Runs of other characters are collected and folded together, because marks change
    /// places when text is decomposed; a dropped character does not end a run.
    func normalize(_ bytes: [UInt8], _ range: Range<Int>, into output: inout [UInt8]) {
        var run: [Unicode.Scalar] = []
        var index = range.lowerBound
        while index < range.upperBound {
            let byte = bytes[index]
            if byte < 0x80 {
                index += 1
                guard let kept = foldedASCII(byte) else { continue }
                fold(&run, into: &output)
                output.append(kept)
                continue
            }
            let scalar = UTF8Decoding.next(bytes, &index, end: range.upperBound)
            if cleansText {
                if scalar.isDroppedByBertCleaning { continue }
                if scalar.properties.isWhitespace {
                    fold(&run, into: &output)
                    output.append(Self.space)
                    continue
                }
            }
            if separatesIdeographs, scalar.isBertIdeograph {
                fold(&run, into: &output)
                output.append(Self.space)
                run.append(scalar)
                fold(&run, into: &output)
                output.append(Self.space)
            } else {
                run.append(scalar)
            }
        }
        fold(&run, into: &output)
    }

    @inline(__always)
    private func foldedASCII(_ byte: UInt8) -> UInt8? {
        switch byte {
        case 0x41...0x5A: lowercases ? byte | 0x20 : byte
        case 0x20...0x7E: byte
        case 0x09, 0x0A, 0x0D: cleansText ? Self.space : byte
        default: cleansText ? nil : byte
        }
    }

    @inline(__always)
    private func fold(_ run: inout [Unicode.Scalar], into output: inout [UInt8]) {
        if !run.isEmpty { foldRun(&run, into: &output) }
    }

    /// Appends `run` with accents stripped and in lower case, as far as asked for, and empties it.
    private func foldRun(_ run: inout [Unicode.Scalar], into output: inout [UInt8]) {
        if stripsAccents ?? lowercases {
            run = CanonicalDecomposition.decompose(run)
            run.removeAll(where: \.isBertNonspacingMark)
        }
        for scalar in run {
            if lowercases, scalar.properties.changesWhenLowercased {
                output.append(contentsOf: scalar.properties.lowercaseMapping.utf8)
            } else {
                output.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
            }
        }
        run.removeAll(keepingCapacity: true)
    }
}
