/// Memory that subword models reuse from word to word.
struct SubwordScratch: Sendable {
    /// BPE: the symbols of a word.
    var symbols: [Int32] = []
    /// BPE: the rank of each symbol's merge with the next one; `UInt32.max` for none.
    var ranks: [UInt32] = []
    /// BPE, long words: the symbols before and after each, -1 for none.
    var previous: [Int32] = []
    var next: [Int32] = []
    /// BPE, long words: merges to try, rank above place, smallest first.
    var queue = MinimumHeap()
    /// Unigram: score, beginning and token of the best last piece that ends at each byte.
    var scores: [Double] = []
    var starts: [Int32] = []
    var ids: [Int32] = []
    /// Unigram: pieces from the last to the first.
    var path: [(start: Int32, end: Int32, id: Int32)] = []
}

/// A binary heap of numbers, the smallest at the root.
struct MinimumHeap: Sendable {
    private var items: [UInt64] = []

    mutating func removeAll() { items.removeAll(keepingCapacity: true) }

    mutating func push(_ item: UInt64) {
        items.append(item)
        var child = items.count - 1
        while child > 0 {
            let parent = (child - 1) / 2
            if items[parent] <= item { break }
            items[child] = items[parent]
            child = parent
        }
        items[child] = item
    }

    mutating func pop() -> UInt64? {
        guard let smallest = items.first, let last = items.popLast() else { return nil }
        let count = items.count
        if count == 0 { return smallest }
        var parent = 0
        while true {
            var child = 2 * parent + 1
            if child >= count { break }
            if child + 1 < count, items[child + 1] < items[child] { child += 1 }
            if last <= items[child] { break }
            items[parent] = items[child]
            parent = child
        }
        items[parent] = last
        return smallest
    }
}
