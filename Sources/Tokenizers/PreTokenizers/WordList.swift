/// A stretch of normalized text and the words that pre-tokenizers have cut it into so far.
struct WordList: Sendable {
    /// The text.
    private(set) var bytes: [UInt8] = []
    /// Places of words in `bytes`, in order, none empty.
    private(set) var words: [Range<Int>] = []
    /// How many of `bytes` stand for the first character of the whole text, zero or less for none.
    private var start = 0
    private var nextBytes: [UInt8] = []
    private var nextWords: [Range<Int>] = []

    /// Begins with `text` as one word, of which `start` bytes stand for the first character of the whole text.
    mutating func start(with text: ArraySlice<UInt8>, start: Int) {
        bytes.removeAll(keepingCapacity: true)
        bytes.append(contentsOf: text)
        words.removeAll(keepingCapacity: true)
        if !text.isEmpty { words.append(0..<text.count) }
        self.start = start
    }

    /// Replaces every word by the parts that `cut` appends; empty parts are left out.
    @inline(__always)
    mutating func cut(_ cut: (_ bytes: [UInt8], _ word: Range<Int>, _ parts: inout [Range<Int>]) -> Void) {
        nextWords.removeAll(keepingCapacity: true)
        for word in words { cut(bytes, word, &nextWords) }
        nextWords.removeAll(where: \.isEmpty)
        swap(&words, &nextWords)
    }

    /// Sets before every word what `prefix` answers, and replaces its characters by the bytes that `characters` appends.
    ///
    /// What is set before a word belongs to its first character. `prefix` learns whether that stands for the first
    /// character of the whole text.
    @inline(__always)
    mutating func rewrite(
        prefix: (_ bytes: [UInt8], _ word: Range<Int>, _ isStart: Bool) -> [UInt8],
        characters: (_ bytes: [UInt8], _ range: Range<Int>, _ output: inout [UInt8]) -> Void
    ) {
        nextBytes.removeAll(keepingCapacity: true)
        var nextStart = 0
        for index in words.indices {
            let word = words[index]
            let place = nextBytes.count
            nextBytes.append(contentsOf: prefix(bytes, word, word.lowerBound < start))
            if word.lowerBound < start {
                let end = min(start, word.upperBound)
                characters(bytes, word.lowerBound..<end, &nextBytes)
                nextStart = nextBytes.count
                characters(bytes, end..<word.upperBound, &nextBytes)
            } else {
                characters(bytes, word, &nextBytes)
            }
            words[index] = place..<nextBytes.count
        }
        start = nextStart
        swap(&bytes, &nextBytes)
    }

    /// Replaces the characters of every word by the bytes that `characters` appends.
    @inline(__always)
    mutating func rewrite(
        characters: (_ bytes: [UInt8], _ range: Range<Int>, _ output: inout [UInt8]) -> Void
    ) {
        rewrite(prefix: { _, _, _ in [] }, characters: characters)
    }
}
