/// The known normalizers of tokenizer.json, one step after another.
struct Normalizer: Sendable, Equatable {
    var steps: [Step]

    /// One normalizer.
    enum Step: Sendable, Equatable {
        case bert(BertNormalizer)
        case form(NormalForm)
        /// Each letter for itself in lower case, in Unicode 17.0 (Rust's `char::to_lowercase`).
        case lowercase
        /// Combining marks are dropped.
        case stripAccents
        /// White space at the ends is dropped.
        case strip(left: Bool, right: Bool)
        /// Matches become `content`.
        case replace(ReplacePattern, content: [UInt8])
        /// Text is set before a text that is not empty.
        case prepend([UInt8])
        /// Control characters are dropped, other white space and invisible characters become spaces.
        case nmt
        case precompiled(PrecompiledMap)
        /// Bytes become printable characters.
        case byteLevel
    }

    /// The text stays as it is.
    static let none = Normalizer(steps: [])

    /// A single BERT normalizer.
    static func bert(_ normalizer: BertNormalizer) -> Normalizer { Normalizer(steps: [.bert(normalizer)]) }

    /// Appends the normalized form of `bytes[range]`, whole scalars of UTF-8, to `output`, which must be empty.
    ///
    /// - Parameter start: how many bytes at the beginning of `bytes[range]` stand for the text's first character.
    /// - Returns: how many bytes of `output` stand for it.
    @discardableResult
    func normalize(_ bytes: [UInt8], _ range: Range<Int>, start: Int = 0, into output: inout [UInt8]) -> Int {
        guard let first = steps.first else {
            output.append(contentsOf: bytes[range])
            return start
        }
        var start = first.start(of: bytes, range, start)
        first.normalize(bytes, range, into: &output)
        start = min(start, output.count)
        var next: [UInt8] = []
        for step in steps.dropFirst() {
            next.removeAll(keepingCapacity: true)
            next.reserveCapacity(output.count)
            start = step.start(of: output, output.indices, start)
            step.normalize(output, output.indices, into: &next)
            swap(&output, &next)
            start = min(start, output.count)
        }
        return start
    }

    /// The normalized form of a whole text.
    func normalized(_ text: String) -> [UInt8] {
        let bytes = Array(text.utf8)
        var output: [UInt8] = []
        normalize(bytes, bytes.indices, into: &output)
        return output
    }
}

extension Normalizer.Step {
    /// Appends the normalized form of `bytes[range]` to `output`.
    func normalize(_ bytes: [UInt8], _ range: Range<Int>, into output: inout [UInt8]) {
        switch self {
        case .bert(let normalizer): normalizer.normalize(bytes, range, into: &output)
        case .form(let form): form.normalize(bytes, range, into: &output)
        case .lowercase: Self.lowercase(bytes, range, into: &output)
        case .stripAccents: Self.drop(bytes, range, into: &output) { $0.isCombiningMark }
        case .strip(let left, let right): Self.strip(bytes, range, left, right, into: &output)
        case .replace(let pattern, let content): pattern.replace(bytes, range, by: content, into: &output)
        case .prepend(let text):
            if !range.isEmpty { output.append(contentsOf: text) }
            output.append(contentsOf: bytes[range])
        case .nmt: Self.nmt(bytes, range, into: &output)
        case .precompiled(let map): map.normalize(bytes, range, into: &output)
        case .byteLevel: ByteLevelAlphabet.encode(bytes[range], into: &output)
        }
    }

    private static func lowercase(_ bytes: [UInt8], _ range: Range<Int>, into output: inout [UInt8]) {
        var index = range.lowerBound
        while index < range.upperBound {
            let start = index
            let byte = bytes[index]
            if byte < 0x80 {
                output.append(0x41...0x5A ~= byte ? byte | 0x20 : byte)
                index += 1
                continue
            }
            let scalar = UTF8Decoding.next(bytes, &index, end: range.upperBound)
            if scalar.properties.changesWhenLowercased {
                output.append(contentsOf: scalar.properties.lowercaseMapping.utf8)
            } else {
                output.append(contentsOf: bytes[start..<index])
            }
        }
    }

    /// Drops characters.
    static func drop(
        _ bytes: [UInt8], _ range: Range<Int>, into output: inout [UInt8], where drops: (Unicode.Scalar) -> Bool
    ) {
        var index = range.lowerBound
        while index < range.upperBound {
            let start = index
            if !drops(UTF8Decoding.next(bytes, &index, end: range.upperBound)) {
                output.append(contentsOf: bytes[start..<index])
            }
        }
    }

    private static func strip(
        _ bytes: [UInt8], _ range: Range<Int>, _ left: Bool, _ right: Bool, into output: inout [UInt8]
    ) {
        let start = left ? bytes.endOfWhitespace(from: range.lowerBound, to: range.upperBound) : range.lowerBound
        let end = right ? bytes.startOfWhitespace(before: range.upperBound, from: start) : range.upperBound
        output.append(contentsOf: bytes[start..<end])
    }

    private static func nmt(_ bytes: [UInt8], _ range: Range<Int>, into output: inout [UInt8]) {
        var index = range.lowerBound
        while index < range.upperBound {
            let start = index
            let scalar = UTF8Decoding.next(bytes, &index, end: range.upperBound)
            switch scalar.value {
            case 0x01...0x08, 0x0B, 0x0E...0x1F, 0x7F, 0x8F, 0x9F: break
            case 0x09, 0x0A, 0x0C, 0x0D, 0x1680, 0x200B...0x200F, 0x2028, 0x2029, 0x2581, 0xFEFF, 0xFFFD:
                output.append(0x20)
            default: output.append(contentsOf: bytes[start..<index])
            }
        }
    }
}
