/// A regular expression over module names, as adapters have them, matched without ever going back.
///
/// Patterns come from untrusted files. Only what describes a regular language is read: literals, `.`, classes, groups,
/// alternatives, `*`, `+`, `?`, `{m,n}`, `^` and `$`. All states are followed at once, so that the time is bounded by
/// pattern × name.
struct ModulePattern: Sendable {
    /// As written, for errors; untrusted text.
    let source: String
    private let states: [State]
    private let start: Int

    private static let longest = 2_000
    private static let mostStates = 20_000

    /// A step of the automaton; the accepting state has none.
    private enum State: Sendable {
        case accept
        case one(Set, next: Int)
        case both(Int, Int)
        case atStart(next: Int)
        case atEnd(next: Int)
    }

    /// Characters that a step takes.
    struct Set: Sendable {
        var ranges: [ClosedRange<UInt32>] = []
        var isNegated = false

        func contains(_ scalar: Unicode.Scalar) -> Bool {
            ranges.contains { $0.contains(scalar.value) } != isNegated
        }
    }

    /// A parsed pattern.
    indirect enum Node {
        case empty
        case set(Set)
        case start
        case end
        case sequence([Node])
        case alternatives([Node])
        /// At least `least` times, at most `most`; nil for no limit.
        case repeated(Node, least: Int, most: Int?)
    }

    /// Reads a pattern; `nil` for what is not supported.
    init?(_ source: String) {
        guard source.utf8.count <= Self.longest else { return nil }
        var parser = ModulePatternParser(source)
        guard let node = parser.parse() else { return nil }
        var builder = Builder()
        guard let start = builder.add(node, next: builder.accept) else { return nil }
        self.source = source
        states = builder.states
        self.start = start
    }

    /// Whether the whole of `name` fits.
    func matches(_ name: String) -> Bool {
        let scalars = Array(name.unicodeScalars)
        var current = closure([start], at: 0, count: scalars.count)
        for (index, scalar) in scalars.enumerated() {
            let next = current.compactMap { state -> Int? in
                if case .one(let set, let next) = states[state], set.contains(scalar) { next } else { nil }
            }
            current = closure(next, at: index + 1, count: scalars.count)
            if current.isEmpty { return false }
        }
        return current.contains { if case .accept = states[$0] { true } else { false } }
    }

    /// Whether all or the last dot-separated components of `name` fit, as PEFT looks up ranks.
    func matchesTail(of name: String) -> Bool {
        matches(name)
            || name.indices.contains { name[$0] == "." && matches(String(name[name.index(after: $0)...])) }
    }

    /// The states reached without taking a character.
    private func closure(_ from: [Int], at index: Int, count: Int) -> [Int] {
        var reached: [Int] = []
        var seen = [Bool](repeating: false, count: states.count)
        var waiting = from
        while let state = waiting.popLast() {
            if seen[state] { continue }
            seen[state] = true
            switch states[state] {
            case .accept, .one: reached.append(state)
            case .both(let a, let b): waiting += [a, b]
            case .atStart(let next): if index == 0 { waiting.append(next) }
            case .atEnd(let next): if index == count { waiting.append(next) }
            }
        }
        return reached
    }

    /// Turns a parsed pattern into states, from its end.
    private struct Builder {
        var states: [State] = [.accept]
        let accept = 0

        /// The state that matches `node` and goes on in `next`; `nil` for too many states.
        mutating func add(_ node: Node, next: Int) -> Int? {
            switch node {
            case .empty: return next
            case .set(let set): return append(.one(set, next: next))
            case .start: return append(.atStart(next: next))
            case .end: return append(.atEnd(next: next))
            case .sequence(let nodes):
                return nodes.reversed().reduce(Optional(next)) { rest, node in rest.flatMap { add(node, next: $0) } }
            case .alternatives(let nodes):
                guard let last = nodes.last, var entry = add(last, next: next) else { return nil }
                for node in nodes.dropLast().reversed() {
                    guard let other = add(node, next: next), let both = append(.both(other, entry)) else { return nil }
                    entry = both
                }
                return entry
            case .repeated(let node, let least, let most):
                return repeated(node, least: least, most: most, next: next)
            }
        }

        private mutating func repeated(_ node: Node, least: Int, most: Int?, next: Int) -> Int? {
            var entry = next
            if let most {
                for _ in least..<max(least, most) {
                    guard let once = add(node, next: entry), let both = append(.both(once, next)) else { return nil }
                    entry = both
                }
            } else {
                guard let loop = append(.both(next, next)), let once = add(node, next: loop) else { return nil }
                states[loop] = .both(once, next)
                entry = loop
            }
            for _ in 0..<least {
                guard let once = add(node, next: entry) else { return nil }
                entry = once
            }
            return entry
        }

        private mutating func append(_ state: State) -> Int? {
            guard states.count < ModulePattern.mostStates else { return nil }
            states.append(state)
            return states.count - 1
        }
    }
}
