extension Normalizer.Step {
    /// How many bytes of the normalized text stand for the first character of the whole text; more than it has mean all.
    ///
    /// The reference keeps for every character the one that it was made from. Characters never overtake each other in
    /// this, so that those of the first one are always the beginning of the text.
    ///
    /// - Parameter start: how many bytes at the beginning of `bytes[range]` stand for it.
    func start(of bytes: [UInt8], _ range: Range<Int>, _ start: Int) -> Int {
        if start == 0 { return 0 }
        let beginning = range.lowerBound..<range.lowerBound + start
        switch self {
        case .bert(let normalizer): return normalizer.start(of: bytes, range, start)
        case .form(let form): return form.start(of: bytes, range, start)
        case .precompiled(let map): return map.start(of: bytes, range, start)
        case .replace(let pattern, let content): return pattern.start(of: bytes, range, start, content)
        case .strip(let left, _):
            let dropped = left ? bytes.endOfWhitespace(from: range.lowerBound, to: range.upperBound) : range.lowerBound
            return max(0, beginning.upperBound - dropped)
        case .lowercase, .stripAccents, .prepend, .nmt, .byteLevel:
            var output: [UInt8] = []
            normalize(bytes, beginning, into: &output)
            return output.count
        }
    }
}

/// Follows the characters of a normalized text up to the last that stands for the first character of the whole text.
struct StartAlignment {
    /// How many characters before normalization stand for it.
    let characters: Int
    /// How many of them, and of those after them, are used up.
    private var used = 0
    /// How many bytes of the normalized text stand for it.
    private(set) var bytes = 0
    private(set) var isComplete = false

    init(characters: Int) { self.characters = characters }

    /// Takes the next character of the normalized text.
    ///
    /// - Parameter change: 1 for a character beside the one before it, otherwise 0 less the characters that it takes in
    ///   beside its own.
    mutating func add(bytes count: Int, change: Int) {
        if isComplete { return }
        if change > 0 ? used <= characters : used < characters { bytes += count } else { isComplete = true }
        if change <= 0 { used += 1 - change }
    }
}

extension ReplacePattern {
    /// As `Normalizer.Step.start`: what replaces a match stands for what its last character stood for.
    fileprivate func start(of bytes: [UInt8], _ range: Range<Int>, _ start: Int, _ content: [UInt8]) -> Int {
        let end = range.lowerBound + start
        var count = 0
        var done = range.lowerBound
        while done < end, let match = nextMatch(in: bytes, from: done, to: range.upperBound), match.lowerBound < end {
            count += match.lowerBound - done
            if match.upperBound > end { return count }
            count += content.count
            done = match.upperBound
        }
        return count + end - done
    }
}

extension BertNormalizer {
    /// As `Normalizer.Step.start`: each of the four steps for itself, up to a character that no mark before it passes.
    fileprivate func start(of bytes: [UInt8], _ range: Range<Int>, _ start: Int) -> Int {
        let beginning = range.lowerBound..<range.lowerBound + start
        var cleaning = self
        (cleaning.stripsAccents, cleaning.lowercases) = (false, false)
        var text: [UInt8] = []
        cleaning.normalize(bytes, beginning, into: &text)
        var start = text.count
        if stripsAccents ?? lowercases {
            let rest = bytes[beginning.upperBound..<range.upperBound]
            let end = rest.firstIndex { 0x20...0x7E ~= $0 } ?? rest.endIndex
            cleaning.normalize(bytes, rest.startIndex..<end, into: &text)
            var decomposed: [UInt8] = []
            start = NormalForm.nfd.start(of: text, text.indices, start)
            NormalForm.nfd.normalize(text, text.indices, into: &decomposed)
            text.removeAll()
            Normalizer.Step.drop(decomposed, 0..<start, into: &text) { $0.isBertNonspacingMark }
            start = text.count
        }
        var lowered: [UInt8] = []
        let lowering = BertNormalizer(
            cleansText: false, separatesIdeographs: false, stripsAccents: false, lowercases: lowercases)
        lowering.normalize(text, 0..<start, into: &lowered)
        return lowered.count
    }
}
