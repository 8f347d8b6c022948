extension Text {
    /// The text without the scalars of `set` at its ends; without a set, white space.
    func stripped(of set: Text? = nil, atStart: Bool = true, atEnd: Bool = true) -> Text {
        let members = set.map { Set($0.scalars) }
        func isStripped(_ scalar: Unicode.Scalar) -> Bool {
            guard let members else { return scalar.isPythonSpace }
            return members.contains(scalar)
        }
        var low = 0
        var high = count
        if atStart { while low < high, isStripped(scalars[low]) { low += 1 } }
        if atEnd { while high > low, isStripped(scalars[high - 1]) { high -= 1 } }
        return self[low..<high]
    }

    /// The pieces between the occurrences of `separator`, which is not empty; at most `limit` splits when not negative.
    func split(by separator: Text, limit: Int) -> [Text] {
        var pieces: [Text] = []
        var start = 0
        while limit < 0 || pieces.count < limit, let next = position(of: separator, from: start) {
            pieces.append(self[start..<next])
            start = next + separator.count
        }
        pieces.append(self[start..<count])
        return pieces
    }

    /// As ``split(by:limit:)``, but counting the splits from the end.
    func splitFromEnd(by separator: Text, limit: Int) -> [Text] {
        reversed.split(by: separator.reversed, limit: limit).reversed().map(\.reversed)
    }

    /// The pieces between runs of white space; after `limit` splits, when not negative, the rest is one piece.
    func splitAtSpace(limit: Int) -> [Text] {
        var pieces: [Text] = []
        var position = 0
        while true {
            while position < count, scalars[position].isPythonSpace { position += 1 }
            guard position < count else { return pieces }
            if limit >= 0, pieces.count >= limit {
                pieces.append(self[position..<count].stripped(atStart: false))
                return pieces
            }
            let start = position
            while position < count, !scalars[position].isPythonSpace { position += 1 }
            pieces.append(self[start..<position])
        }
    }

    /// The lines by Python's `str.splitlines`.
    func lines(keepingEnds: Bool = false) -> [Text] {
        var lines: [Text] = []
        var start = 0
        var position = 0
        while position < count {
            guard scalars[position].isPythonLineEnd else {
                position += 1
                continue
            }
            let end = position
            position += scalars[position] == "\r" && position + 1 < count && scalars[position + 1] == "\n" ? 2 : 1
            lines.append(self[start..<(keepingEnds ? position : end)])
            start = position
        }
        if start < count { lines.append(self[start..<count]) }
        return lines
    }

    /// How often `part` occurs without overlap.
    func occurrences(of part: Text) -> Int {
        guard part.count > 0 else { return count + 1 }
        var total = 0
        var start = 0
        while let next = position(of: part, from: start) {
            total += 1
            start = next + part.count
        }
        return total
    }

    /// The text with the first `limit` occurrences of `old` replaced, or all when `limit` is negative.
    func replacing(_ old: Text, with new: Text, limit: Int) -> Text {
        guard old.count > 0 else { return interleaved(with: new, limit: limit) }
        let pieces = split(by: old, limit: limit)
        return Text(scalars: Array(pieces.map(\.scalars).joined(separator: new.scalars)))
    }

    /// The text with `new` before each code point and at the end.
    private func interleaved(with new: Text, limit: Int) -> Text {
        var left = limit < 0 ? count + 1 : limit
        var result: [Unicode.Scalar] = []
        for scalar in scalars {
            if left > 0 { result += new.scalars }
            left -= 1
            result.append(scalar)
        }
        if left > 0 { result += new.scalars }
        return Text(scalars: result)
    }
}
