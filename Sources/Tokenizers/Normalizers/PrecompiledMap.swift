internal import FoundationEssentials

/// SentencePiece's map of characters to replacements: a double array over UTF-8 bytes, and the replacements' texts.
///
/// A grapheme cluster below six bytes becomes the replacement of the shortest key that it begins with; any other one is
/// replaced character by character (Rust's `spm_precompiled`, whose rule this is). A map from a file may be nonsense:
/// what lies outside its arrays has no replacement.
struct PrecompiledMap: Sendable, Equatable {
    private let units: [UInt32]
    /// Replacements, each ended by a zero byte.
    private let texts: [UInt8]
    /// For each ASCII character whether it has a replacement.
    private let replacesASCII: [Bool]

    /// Bytes of the longest replacement.
    let longestText: Int

    /// Grapheme clusters of so many bytes are taken apart.
    private static let longCluster = 6

    /// The map in `precompiled_charsmap` of a component of tokenizer.json.
    init(_ node: JSONNode) throws(TokenizerError) {
        guard let data = Data(base64Encoded: try node.string("precompiled_charsmap")) else {
            throw node.invalid("precompiled_charsmap", "must be in base64")
        }
        let bytes = Array(data)
        func number(_ place: Int) -> UInt32 {
            (0..<4).reduce(0) { $0 | UInt32(bytes[place + $1]) << UInt32(8 * $1) }
        }
        guard bytes.count >= 4, case let size = Int(number(0)) & ~3, size > 0, size <= bytes.count - 4,
            String(validating: bytes[(4 + size)...], as: UTF8.self) != nil
        else {
            throw node.invalid(
                "precompiled_charsmap", "must hold an array of the length that it begins with and texts in UTF-8")
        }
        units = (0..<size / 4).map { number(4 + 4 * $0) }
        texts = Array(bytes[(4 + size)...])
        longestText = texts.split(separator: 0).map(\.count).max() ?? 0
        let (units, texts) = (units, texts)
        replacesASCII = (UInt8(0)..<0x80).map { Self.replacement(units, texts, [$0], 0..<1) != nil }
    }

    /// Appends `bytes[range]` with all replacements to `output`.
    func normalize(_ bytes: [UInt8], _ range: Range<Int>, into output: inout [UInt8]) {
        var index = range.lowerBound
        while index < range.upperBound {
            let byte = bytes[index]
            if byte < 0x80, index + 1 == range.upperBound || bytes[index + 1] < 0x80, byte != 0x0D {
                if replacesASCII[Int(byte)] {
                    replaceCharacters(bytes, index..<index + 1, into: &output)
                } else {
                    output.append(byte)
                }
                index += 1
                continue
            }
            let end = Self.endOfCluster(bytes, from: index, to: range.upperBound)
            if end - index < Self.longCluster, let text = replacement(bytes, index..<end) {
                output.append(contentsOf: texts[text])
            } else {
                replaceCharacters(bytes, index..<end, into: &output)
            }
            index = end
        }
    }

    /// Calls `body` with each stretch that is replaced or kept as one and its replacement, until it answers `false`.
    func forEachPart(
        of bytes: [UInt8], _ range: Range<Int>, _ body: (_ part: Range<Int>, _ replacement: ArraySlice<UInt8>?) -> Bool
    ) {
        var index = range.lowerBound
        while index < range.upperBound {
            let end = Self.endOfCluster(bytes, from: index, to: range.upperBound)
            if end - index < Self.longCluster, let text = replacement(bytes, index..<end) {
                if !body(index..<end, texts[text]) { return }
                index = end
            }
            while index < end {
                let start = index
                _ = UTF8Decoding.next(bytes, &index, end: end)
                if !body(start..<index, replacement(bytes, start..<index).map { texts[$0] }) { return }
            }
        }
    }

    private func replaceCharacters(_ bytes: [UInt8], _ range: Range<Int>, into output: inout [UInt8]) {
        var index = range.lowerBound
        while index < range.upperBound {
            let start = index
            _ = UTF8Decoding.next(bytes, &index, end: range.upperBound)
            if let text = replacement(bytes, start..<index) {
                output.append(contentsOf: texts[text])
            } else {
                output.append(contentsOf: bytes[start..<index])
            }
        }
    }

    private static func endOfCluster(_ bytes: [UInt8], from start: Int, to end: Int) -> Int {
        var recognizer = Unicode._CharacterRecognizer()
        var index = start
        _ = recognizer.hasBreak(before: UTF8Decoding.next(bytes, &index, end: end))
        while index < end {
            var next = index
            if recognizer.hasBreak(before: UTF8Decoding.next(bytes, &next, end: end)) { break }
            index = next
        }
        return index
    }

    private func replacement(_ bytes: [UInt8], _ range: Range<Int>) -> Range<Int>? {
        Self.replacement(units, texts, bytes, range)
    }

    /// The replacement, a place in `texts`, of the shortest key that `bytes[range]` begin with.
    private static func replacement(
        _ units: [UInt32], _ texts: [UInt8], _ bytes: [UInt8], _ range: Range<Int>
    ) -> Range<Int>? {
        var place = units.first.map(offset) ?? 0
        for byte in bytes[range] {
            if byte == 0 { return nil }
            place ^= Int(byte)
            guard place < units.count, case let unit = units[place], unit & 0x8000_00FF == UInt32(byte) else {
                return nil
            }
            place ^= offset(unit)
            guard unit >> 8 & 1 == 1 else { continue }
            guard place < units.count, case let start = Int(units[place] & 0x7FFF_FFFF), start <= texts.count,
                start == texts.count || texts[start] & 0xC0 != 0x80
            else { return nil }
            return start..<(texts[start...].firstIndex(of: 0) ?? texts.count)
        }
        return nil
    }

    private static func offset(_ unit: UInt32) -> Int { Int(unit >> 10) << Int((unit & 1 << 9) >> 6) }
}
