/// Byte strings to numbers, with longest-prefix matching.
///
/// Nodes are stored breadth first, so that the children of a node are neighbours, sorted by their byte. Lookup takes
/// at most eight comparisons a byte whatever the keys are: no input makes it slow, which a hash table cannot promise.
struct ByteTrie: Sendable {
    static let root: Int32 = 0

    /// Children of node `n` are the nodes `firstChild[n] ..< firstChild[n + 1]`.
    private var firstChild: [Int32] = []
    /// The byte on the edge into each node.
    private var label: [UInt8] = [0]
    /// The number stored at each node, -1 for none.
    private var stored: [Int32] = []

    /// A trie of `keys` with numbers that are not negative; of equal keys one counts.
    init(_ keys: [(key: ArraySlice<UInt8>, value: Int32)]) {
        let sorted = keys.sorted { $0.key.bytesPrecede($1.key) }
        var level = [0..<sorted.count]
        var depth = 0
        var nodes: Int32 = 1
        while !level.isEmpty {
            var next: [Range<Int>] = []
            for range in level {
                firstChild.append(nodes)
                var start = range.lowerBound
                var value: Int32 = -1
                while start < range.upperBound, sorted[start].key.count == depth {
                    value = sorted[start].value
                    start += 1
                }
                stored.append(value)
                while start < range.upperBound {
                    let byte = Self.byte(of: sorted[start].key, at: depth)
                    var end = start + 1
                    while end < range.upperBound, Self.byte(of: sorted[end].key, at: depth) == byte { end += 1 }
                    label.append(byte)
                    next.append(start..<end)
                    nodes += 1
                    start = end
                }
            }
            level = next
            depth += 1
        }
        firstChild.append(nodes)
    }

    private static func byte(of key: ArraySlice<UInt8>, at depth: Int) -> UInt8 { key[key.startIndex + depth] }

    /// The child of `node` along `byte`.
    @inline(__always)
    func child(of node: Int32, along byte: UInt8) -> Int32? {
        var low = Int(firstChild[Int(node)])
        let end = Int(firstChild[Int(node) + 1])
        var high = end
        while low < high {
            let middle = (low + high) / 2
            if label[middle] < byte { low = middle + 1 } else { high = middle }
        }
        return low < end && label[low] == byte ? Int32(truncatingIfNeeded: low) : nil
    }

    /// The number stored at `node`.
    @inline(__always)
    func value(at node: Int32) -> Int32? {
        let value = stored[Int(node)]
        return value < 0 ? nil : value
    }

    /// The node that `bytes` lead to from `start`.
    func node(for bytes: some Sequence<UInt8>, from start: Int32 = root) -> Int32? {
        var node = start
        for byte in bytes {
            guard let next = child(of: node, along: byte) else { return nil }
            node = next
        }
        return node
    }

    /// The number of the key with exactly these bytes.
    func value(of bytes: some Sequence<UInt8>) -> Int32? { node(for: bytes).flatMap(value(at:)) }

    /// The longest key, counted from `start`, that `bytes[range]` begin with, and where it ends; never an empty one.
    @inline(__always)
    func longestMatch(in bytes: [UInt8], _ range: Range<Int>, from start: Int32 = root) -> (value: Int32, end: Int)? {
        var node = start
        var best: (value: Int32, end: Int)?
        var index = range.lowerBound
        while index < range.upperBound, let next = child(of: node, along: bytes[index]) {
            node = next
            index += 1
            if let value = value(at: node) { best = (value, index) }
        }
        return best
    }

    /// Calls `body` with the end and the number of each key that `bytes[range]` begin with, shortest first, empty ones
    /// left out.
    @inline(__always)
    func forEachMatch(in bytes: [UInt8], _ range: Range<Int>, _ body: (_ end: Int, _ value: Int32) -> Void) {
        var node = Self.root
        var index = range.lowerBound
        while index < range.upperBound, let next = child(of: node, along: bytes[index]) {
            node = next
            index += 1
            if let value = value(at: node) { body(index, value) }
        }
    }
}

extension ArraySlice<UInt8> {
    /// As `lexicographicallyPrecedes`, without an iterator's cost for each byte.
    func bytesPrecede(_ other: ArraySlice<UInt8>) -> Bool {
        withUnsafeBufferPointer { ours in
            other.withUnsafeBufferPointer { theirs in
                let shared = Swift.min(ours.count, theirs.count)
                var index = 0
                while index < shared, ours[index] == theirs[index] { index += 1 }
                return index < shared ? ours[index] < theirs[index] : ours.count < theirs.count
            }
        }
    }
}
