/// Where a loop stands: what `loop` gives access to.
final class LoopState {
    let definition: ForLoop
    let scope: Scope
    /// The elements that the filter of the loop has not seen.
    private var waiting: ArraySlice<Value>
    /// Elements that passed the filter before their turn, because `loop` was asked for what follows.
    private var ahead: ArraySlice<Value> = []
    private(set) var index = -1
    private(set) var previous: Value?
    private(set) var current: Value?

    init(_ definition: ForLoop, over elements: [Value], in scope: Scope) {
        self.definition = definition
        self.scope = scope
        waiting = elements[...]
    }

    /// The next element, for which `passes` tells whether the filter of the loop lets it through.
    func advance(
        _ passes: (Value) throws(ChatTemplateError) -> Bool
    ) throws(ChatTemplateError) -> Value? {
        guard let next = try peek(passes) else { return nil }
        ahead = ahead.dropFirst()
        index += 1
        previous = current
        current = next
        return next
    }

    /// The element after the current one.
    func peek(_ passes: (Value) throws(ChatTemplateError) -> Bool) throws(ChatTemplateError) -> Value? {
        if let next = ahead.first { return next }
        while let candidate = waiting.popFirst() {
            if try passes(candidate) {
                ahead = [candidate]
                return candidate
            }
        }
        return nil
    }

    /// How many elements the loop visits.
    func length(_ passes: (Value) throws(ChatTemplateError) -> Bool) throws(ChatTemplateError) -> Int {
        guard !waiting.isEmpty else { return index + 1 + ahead.count }
        var passed = Array(ahead)
        while let candidate = waiting.popFirst() {
            if try passes(candidate) { passed.append(candidate) }
        }
        ahead = passed[...]
        return index + 1 + ahead.count
    }
}
