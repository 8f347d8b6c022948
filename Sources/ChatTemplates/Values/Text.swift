/// A text as Python sees one: an array of code points, equal only when all of them are.
struct Text: Hashable, Sendable {
    var scalars: [Unicode.Scalar]

    init(scalars: [Unicode.Scalar]) {
        self.scalars = scalars
    }

    init(_ string: some StringProtocol) {
        scalars = Array(string.unicodeScalars)
    }

    var string: String {
        var view = String.UnicodeScalarView()
        view.append(contentsOf: scalars)
        return String(view)
    }

    var count: Int { scalars.count }

    static func < (left: Text, right: Text) -> Bool {
        left.scalars.lexicographicallyPrecedes(right.scalars)
    }

    /// Where `part` stands first at or after `start`; an empty part stands everywhere. Takes time linear in both
    /// lengths (Knuth, Morris and Pratt), whatever a template searches for.
    func position(of part: Text, from start: Int = 0) -> Int? {
        guard part.count > 0 else { return start <= count ? start : nil }
        let borders = part.borders
        var matched = 0
        for position in start..<max(start, count) {
            while matched > 0, scalars[position] != part.scalars[matched] { matched = borders[matched - 1] }
            if scalars[position] == part.scalars[matched] { matched += 1 }
            if matched == part.count { return position + 1 - matched }
        }
        return nil
    }

    /// Where `part` stands last.
    func lastPosition(of part: Text) -> Int? {
        reversed.position(of: part.reversed).map { count - $0 - part.count }
    }

    /// The code points from the last to the first.
    var reversed: Text { Text(scalars: scalars.reversed()) }

    /// For each start of the text, the length of the longest shorter start that also ends it.
    private var borders: [Int] {
        var borders = Array(repeating: 0, count: count)
        var length = 0
        for position in scalars.indices.dropFirst() {
            while length > 0, scalars[position] != scalars[length] { length = borders[length - 1] }
            if scalars[position] == scalars[length] { length += 1 }
            borders[position] = length
        }
        return borders
    }

    /// Whether `part` stands at `position`, which is not negative.
    func hasPart(_ part: Text, at position: Int) -> Bool {
        guard position + part.count <= count else { return false }
        for offset in 0..<part.count where scalars[position + offset] != part.scalars[offset] { return false }
        return true
    }

    func hasPrefix(_ part: Text) -> Bool { hasPart(part, at: 0) }

    func hasSuffix(_ part: Text) -> Bool { part.count <= count && hasPart(part, at: count - part.count) }

    subscript(range: Range<Int>) -> Text { Text(scalars: Array(scalars[range])) }
}

extension Text: ExpressibleByStringLiteral {
    init(stringLiteral value: String) {
        self.init(value)
    }
}

extension Unicode.Scalar {
    /// White space by Python's `str.isspace`, which is also what `\s` matches there.
    var isPythonSpace: Bool {
        switch value {
        case 0x09...0x0D, 0x1C...0x20, 0x85, 0xA0, 0x1680, 0x2000...0x200A, 0x2028, 0x2029, 0x202F, 0x205F, 0x3000:
            true
        default: false
        }
    }

    /// An end of line by Python's `str.splitlines`.
    var isPythonLineEnd: Bool {
        switch value {
        case 0x0A...0x0D, 0x1C...0x1E, 0x85, 0x2028, 0x2029: true
        default: false
        }
    }
}
