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

    /// Appends the normalized form of `bytes[range]`, whole scalars of UTF-8, to `output`.
    ///
    /// - Returns: whether the beginning of the text is still there; otherwise something was dropped from it.
    @discardableResult
    func normalize(_ bytes: [UInt8], _ range: Range<Int>, into output: inout [UInt8]) -> Bool {
        guard let first = steps.first else {
            output.append(contentsOf: bytes[range])
            return true
        }
        if steps.count == 1 { return first.normalize(bytes, range, into: &output) }
        var text: [UInt8] = []
        text.reserveCapacity(range.count)
        var keepsStart = first.normalize(bytes, range, into: &text)
        var next: [UInt8] = []
        for step in steps.dropFirst() {
            next.removeAll(keepingCapacity: true)
            if !step.normalize(text, text.indices, into: &next) { keepsStart = false }
            swap(&text, &next)
        }
        output.append(contentsOf: text)
        return keepsStart
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
    /// As `Normalizer.normalize`.
    fileprivate func normalize(_ bytes: [UInt8], _ range: Range<Int>, into output: inout [UInt8]) -> Bool {
        switch self {
        case .bert(let normalizer): normalizer.normalize(bytes, range, into: &output)
        case .form(let form): form.normalize(bytes, range, into: &output)
        case .lowercase: Self.lowercase(bytes, range, into: &output)
        case .stripAccents: return Self.drop(bytes, range, into: &output) { $0.isCombiningMark }
        case .strip(let left, let right): return Self.strip(bytes, range, left, right, into: &output)
        case .replace(let pattern, let content): return pattern.replace(bytes, range, by: content, into: &output)
        case .prepend(let text):
            if !range.isEmpty { output.append(contentsOf: text) }
            output.append(contentsOf: bytes[range])
        case .nmt: return Self.nmt(bytes, range, into: &output)
        case .precompiled(let map): map.normalize(bytes, range, into: &output)
        case .byteLevel: ByteLevelAlphabet.encode(bytes[range], into: &output)
        }
        return true
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
    private static func drop(
        _ bytes: [UInt8], _ range: Range<Int>, into output: inout [UInt8], where drops: (Unicode.Scalar) -> Bool
    ) -> Bool {
        var index = range.lowerBound
        var keepsStart = true
        while index < range.upperBound {
            let start = index
            if drops(UTF8Decoding.next(bytes, &index, end: range.upperBound)) {
                if start == range.lowerBound { keepsStart = false }
            } else {
                output.append(contentsOf: bytes[start..<index])
            }
        }
        return keepsStart
    }

    private static func strip(
        _ bytes: [UInt8], _ range: Range<Int>, _ left: Bool, _ right: Bool, into output: inout [UInt8]
    ) -> Bool {
        let start = left ? bytes.endOfWhitespace(from: range.lowerBound, to: range.upperBound) : range.lowerBound
        let end = right ? bytes.startOfWhitespace(before: range.upperBound, from: start) : range.upperBound
        output.append(contentsOf: bytes[start..<end])
        return start == range.lowerBound
    }

    private static func nmt(_ bytes: [UInt8], _ range: Range<Int>, into output: inout [UInt8]) -> Bool {
        var index = range.lowerBound
        var keepsStart = true
        while index < range.upperBound {
            let start = index
            let scalar = UTF8Decoding.next(bytes, &index, end: range.upperBound)
            switch scalar.value {
            case 0x01...0x08, 0x0B, 0x0E...0x1F, 0x7F, 0x8F, 0x9F:
                if start == range.lowerBound { keepsStart = false }
            case 0x09, 0x0A, 0x0C, 0x0D, 0x1680, 0x200B...0x200F, 0x2028, 0x2029, 0x2581, 0xFEFF, 0xFFFD:
                output.append(0x20)
            default: output.append(contentsOf: bytes[start..<index])
            }
        }
        return keepsStart
    }
}
