/// A stretch of normalized text and the words that pre-tokenizers have cut it into so far.
struct WordList: Sendable {
    /// The text.
    private(set) var bytes: [UInt8] = []
    /// Places of words in `bytes`, in order, none empty.
    private(set) var words: [Range<Int>] = []
    /// Whether the first word begins where the whole text does.
    private(set) var beginsText = false
    private var nextBytes: [UInt8] = []
    private var nextWords: [Range<Int>] = []

    /// Begins with `text` as one word.
    mutating func start(with text: ArraySlice<UInt8>, beginsText: Bool) {
        bytes.removeAll(keepingCapacity: true)
        bytes.append(contentsOf: text)
        words.removeAll(keepingCapacity: true)
        if !text.isEmpty { words.append(0..<text.count) }
        self.beginsText = beginsText
    }

    /// Replaces every word by the parts that `cut` appends; empty parts are left out.
    @inline(__always)
    mutating func cut(_ cut: (_ bytes: [UInt8], _ word: Range<Int>, _ parts: inout [Range<Int>]) -> Void) {
        nextWords.removeAll(keepingCapacity: true)
        let start = words.first?.lowerBound
        for word in words { cut(bytes, word, &nextWords) }
        nextWords.removeAll(where: \.isEmpty)
        beginsText = beginsText && nextWords.first?.lowerBound == start
        swap(&words, &nextWords)
    }

    /// Replaces the text of every word by the bytes that `rewrite` appends.
    @inline(__always)
    mutating func rewrite(
        _ rewrite: (_ bytes: [UInt8], _ word: Range<Int>, _ isTextStart: Bool, _ output: inout [UInt8]) -> Void
    ) {
        nextBytes.removeAll(keepingCapacity: true)
        for index in words.indices {
            let start = nextBytes.count
            rewrite(bytes, words[index], beginsText && index == 0, &nextBytes)
            words[index] = start..<nextBytes.count
        }
        swap(&bytes, &nextBytes)
    }
}
