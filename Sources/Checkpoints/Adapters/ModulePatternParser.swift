/// Reads the regular expressions that ``ModulePattern`` supports.
struct ModulePatternParser {
    private var rest: Substring.UnicodeScalarView
    private var depth = 0

    private static let deepest = 50
    private static let mostRepetitions = 100
    private static let digits: ClosedRange<UInt32> = 0x30...0x39
    private static let word: [ClosedRange<UInt32>] = [digits, 0x41...0x5A, 0x5F...0x5F, 0x61...0x7A]
    private static let space: [ClosedRange<UInt32>] = [0x09...0x0D, 0x20...0x20]

    init(_ source: String) { rest = Substring(source).unicodeScalars }

    /// The whole pattern; `nil` for what is not supported.
    mutating func parse() -> ModulePattern.Node? {
        guard let node = alternatives(), rest.isEmpty else { return nil }
        return node
    }

    private mutating func alternatives() -> ModulePattern.Node? {
        guard depth < Self.deepest else { return nil }
        depth += 1
        defer { depth -= 1 }
        var nodes: [ModulePattern.Node] = []
        repeat {
            guard let node = sequence() else { return nil }
            nodes.append(node)
        } while take("|")
        return nodes.count == 1 ? nodes[0] : .alternatives(nodes)
    }

    private mutating func sequence() -> ModulePattern.Node? {
        var nodes: [ModulePattern.Node] = []
        while let next = rest.first, next != "|", next != ")" {
            guard let atom = atom(), let node = quantified(atom) else { return nil }
            nodes.append(node)
        }
        return nodes.isEmpty ? .empty : .sequence(nodes)
    }

    private mutating func atom() -> ModulePattern.Node? {
        switch rest.popFirst() {
        case "(": group()
        case "[": characterClass()
        case ".": .set(.init(ranges: [0x0A...0x0A], isNegated: true))
        case "^": .start
        case "$": .end
        case "\\": escape().map { .set($0) }
        case "*", "+", "?", "{", "}", "]", nil: nil
        case let scalar?: .set(.init(ranges: [scalar.value...scalar.value]))
        }
    }

    /// A group, which may have a name or say that it is not captured.
    private mutating func group() -> ModulePattern.Node? {
        if take("?") {
            if take("P"), take("<") {
                guard let end = rest.firstIndex(of: ">") else { return nil }
                rest = rest[rest.index(after: end)...]
            } else if !take(":") {
                return nil
            }
        }
        guard let node = alternatives(), take(")") else { return nil }
        return node
    }

    private mutating func quantified(_ node: ModulePattern.Node) -> ModulePattern.Node? {
        var (least, most): (Int, Int?)
        if take("*") {
            (least, most) = (0, nil)
        } else if take("+") {
            (least, most) = (1, nil)
        } else if take("?") {
            (least, most) = (0, 1)
        } else if take("{") {
            guard let first = number() else { return nil }
            (least, most) = (first, first)
            if take(",") { most = rest.first == "}" ? nil : number() ?? -1 }
            guard take("}"), most.map({ $0 >= least }) ?? true else { return nil }
        } else {
            return node
        }
        // A lazy quantifier matches the same names; a possessive or a second one is not read.
        _ = take("?")
        guard let next = rest.first else { return .repeated(node, least: least, most: most) }
        return "*+?{".unicodeScalars.contains(next) ? nil : .repeated(node, least: least, most: most)
    }

    private mutating func number() -> Int? {
        var value = 0
        var isEmpty = true
        while let digit = rest.first, Self.digits.contains(digit.value), value <= Self.mostRepetitions {
            value = value * 10 + Int(digit.value - 0x30)
            rest.removeFirst()
            isEmpty = false
        }
        return isEmpty || value > Self.mostRepetitions ? nil : value
    }

    private mutating func characterClass() -> ModulePattern.Node? {
        var set = ModulePattern.Set()
        set.isNegated = take("^")
        var isFirst = true
        while let scalar = rest.popFirst() {
            if scalar == "]", !isFirst { return .set(set) }
            isFirst = false
            var low = scalar.value
            if scalar == "\\" {
                guard let escaped = escape(), !escaped.isNegated else { return nil }
                guard escaped.ranges.count == 1, escaped.ranges[0].count == 1 else {
                    set.ranges += escaped.ranges
                    continue
                }
                low = escaped.ranges[0].lowerBound
            }
            var high = low
            if rest.first == "-", rest.dropFirst().first != "]" {
                rest.removeFirst()
                guard let end = rest.popFirst(), end != "\\", end.value >= low else { return nil }
                high = end.value
            }
            set.ranges.append(low...high)
        }
        return nil
    }

    private mutating func escape() -> ModulePattern.Set? {
        guard let scalar = rest.popFirst() else { return nil }
        switch scalar {
        case "d": return .init(ranges: [Self.digits])
        case "D": return .init(ranges: [Self.digits], isNegated: true)
        case "w": return .init(ranges: Self.word)
        case "W": return .init(ranges: Self.word, isNegated: true)
        case "s": return .init(ranges: Self.space)
        case "S": return .init(ranges: Self.space, isNegated: true)
        default:
            // Any other letter or digit means something: a boundary, a reference.
            let isPlain = !Self.word.contains { $0.contains(scalar.value) } || scalar == "_"
            return isPlain ? .init(ranges: [scalar.value...scalar.value]) : nil
        }
    }

    private mutating func take(_ scalar: Unicode.Scalar) -> Bool {
        guard rest.first == scalar else { return false }
        rest.removeFirst()
        return true
    }
}
