extension [UInt8] {
    /// Where the first character of a range ends.
    func endOfFirstCharacter(_ range: Range<Int>) -> Int {
        var index = range.lowerBound
        if !range.isEmpty { _ = UTF8Decoding.next(self, &index, end: range.upperBound) }
        return index
    }

    /// Where the white space that ends at `end` begins, not before `start`.
    func startOfWhitespace(before end: Int, from start: Int) -> Int {
        var place = end
        while place > start {
            var previous = place
            guard UTF8Decoding.previous(self, &previous, start: start).properties.isWhitespace else { break }
            place = previous
        }
        return place
    }

    /// Where the white space that begins at `start` ends, not after `end`.
    func endOfWhitespace(from start: Int, to end: Int) -> Int {
        var place = start
        while place < end {
            var next = place
            guard UTF8Decoding.next(self, &next, end: end).properties.isWhitespace else { break }
            place = next
        }
        return place
    }
}
