/// BERT's pre-tokenization.
enum BertPreTokenizer {
    /// Appends the words of `bytes[range]`: white space separates, every punctuation character is a word.
    @inline(__always)
    static func cut(_ bytes: [UInt8], _ range: Range<Int>, _ words: inout [Range<Int>]) {
        var start = range.lowerBound
        var index = start
        while index < range.upperBound {
            let position = index
            let kind = characterKind(bytes, &index, end: range.upperBound)
            if kind == .letter { continue }
            if start < position { words.append(start..<position) }
            if kind == .punctuation { words.append(position..<index) }
            start = index
        }
        if start < range.upperBound { words.append(start..<range.upperBound) }
    }

    private enum Kind { case letter, punctuation, whitespace }

    @inline(__always)
    private static func characterKind(_ bytes: [UInt8], _ index: inout Int, end: Int) -> Kind {
        let byte = bytes[index]
        if byte < 0x80 {
            index += 1
            return ASCIIClass.isWhitespace(byte) ? .whitespace : ASCIIClass.isPunctuation(byte) ? .punctuation : .letter
        }
        let scalar = UTF8Decoding.next(bytes, &index, end: end)
        return scalar.properties.isWhitespace ? .whitespace : scalar.isBertPunctuation ? .punctuation : .letter
    }
}
