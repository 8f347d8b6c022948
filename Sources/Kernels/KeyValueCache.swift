internal import Tensors

/// Keys and values of the tokens that many sequences have so far, layer by layer, for generation token by token.
///
/// A sequence may begin with the first tokens of another one; their rows are stored once and read by both.
public final class KeyValueCache {
    /// How many layers are kept.
    public enum Extent: Sendable {
        /// All, so that sequences can be extended again and again.
        case allLayers
        /// One at a time: enough for sequences that are read in a single pass.
        case singlePass
    }

    private struct Sequence {
        /// Rows of the tokens that another sequence holds, in order.
        var shared: [Range<Int>]
        /// Number of those tokens.
        var sharedCount: Int
        /// Rows reserved for its own tokens, and how many of them are in use.
        let own: Range<Int>
        var ownCount = 0
    }

    private let width: Int
    private let capacity: Int
    private var sequences: [Sequence] = []
    private var reserved = 0
    private let layers: [(keys: Activation, values: Activation)]

    /// - Parameters:
    ///   - layers: of the network.
    ///   - width: columns of a layer's keys, and of its values.
    ///   - capacity: most tokens of all sequences together; a shared token counts once.
    ///   - context: of the thread that generates.
    public init(
        layers: Int, width: Int, capacity: Int, extent: Extent = .allLayers, context: ComputeContext
    ) {
        self.width = width
        self.capacity = capacity
        let kept = extent == .allLayers ? layers : 1
        self.layers = (0..<kept).map { _ in
            (
                Activation(rows: capacity, columns: width, context: context),
                Activation(rows: capacity, columns: width, context: context)
            )
        }
    }

    /// Begins a sequence and returns its number, counted from 0.
    ///
    /// - Parameters:
    ///   - capacity: most tokens of its own.
    ///   - sharing: an earlier sequence and how many of its first tokens this one begins with. They may still be
    ///     unread if the two are read in the same pass.
    public func add(capacity: Int, sharing: (sequence: Int, count: Int)? = nil) -> Int {
        precondition(reserved + capacity <= self.capacity, "more tokens than the cache holds")
        let own = reserved..<reserved + capacity
        reserved += capacity
        let shared = sharing.map { rows($0.sequence, 0..<$0.count) } ?? []
        sequences.append(Sequence(shared: shared, sharedCount: sharing?.count ?? 0, own: own))
        return sequences.count - 1
    }

    /// Tokens that a sequence has so far, shared ones among them: the position of its next token.
    public func length(_ sequence: Int) -> Int { sequences[sequence].sharedCount + sequences[sequence].ownCount }

    /// Puts new rows behind those of some sequences, in one layer.
    ///
    /// - Parameters:
    ///   - members: numbers of the sequences.
    ///   - packed: rows of each member among the new ones.
    ///   - keys: [new rows, width], like the values.
    ///   - layer: whose rows they are; ``advance(_:by:)`` follows once all layers have theirs.
    func extend(_ members: [Int], _ packed: PackedSequences, _ layer: Int, keys: Columns, values: Columns) {
        let held = layers[layer % layers.count]
        for (place, member) in members.enumerated() {
            let rows = packed.rows(place)
            let sequence = sequences[member]
            precondition(sequence.ownCount + rows.count <= sequence.own.count, "more tokens than were reserved")
            copy(keys, rows, to: held.keys, at: sequence.own.lowerBound + sequence.ownCount)
            copy(values, rows, to: held.values, at: sequence.own.lowerBound + sequence.ownCount)
        }
    }

    /// Counts the rows that every layer was given.
    public func advance(_ members: [Int], by packed: PackedSequences) {
        for (place, member) in members.enumerated() { sequences[member].ownCount += packed.rows(place).count }
    }

    /// Calls `body` with the keys and values of some tokens of a sequence, row after row without gaps.
    func withRows(
        _ sequence: Int, _ tokens: Range<Int>, _ layer: Int, _ context: ComputeContext,
        _ body: (_ keys: UnsafePointer<Float>, _ values: UnsafePointer<Float>) -> Void
    ) {
        let held = layers[layer % layers.count]
        let parts = rows(sequence, tokens)
        if parts.count == 1 {
            let first = parts[0].lowerBound * width
            return body(held.keys.value.pointer + first, held.values.value.pointer + first)
        }
        let keys = context.take(tokens.count * width)
        let values = context.take(tokens.count * width)
        var target = 0
        for part in parts {
            (keys.pointer + target).update(
                from: held.keys.value.pointer + part.lowerBound * width, count: part.count * width)
            (values.pointer + target).update(
                from: held.values.value.pointer + part.lowerBound * width, count: part.count * width)
            target += part.count * width
        }
        body(keys.pointer, values.pointer)
        context.recycle(keys)
        context.recycle(values)
    }

    /// The rows that hold some tokens of a sequence, neighbours joined.
    private func rows(_ sequence: Int, _ tokens: Range<Int>) -> [Range<Int>] {
        let (shared, own) = (sequences[sequence].shared, sequences[sequence].own)
        var found: [Range<Int>] = []
        var start = 0
        for part in shared + [own] where start < tokens.upperBound {
            let first = part.lowerBound + max(0, tokens.lowerBound - start)
            let last = min(part.upperBound, part.lowerBound + tokens.upperBound - start)
            start += part.count
            guard first < last else { continue }
            if let before = found.last, before.upperBound == first {
                found[found.count - 1] = before.lowerBound..<last
            } else {
                found.append(first..<last)
            }
        }
        return found
    }

    private func copy(_ source: Columns, _ rows: Range<Int>, to held: Activation, at first: Int) {
        let stride = source.activation.columns
        for (place, row) in rows.enumerated() {
            (held.value.pointer + (first + place) * width).update(
                from: source.activation.value.pointer + row * stride + source.first, count: width)
        }
    }
}

/// The sequences of a cache that the next rows belong to.
public struct CachedSequences {
    public let cache: KeyValueCache
    /// Their numbers in the cache, in the order of the batch.
    public let members: [Int]

    public init(_ cache: KeyValueCache, _ members: [Int]) {
        self.cache = cache
        self.members = members
    }

    /// Position of each one's next token.
    public var starts: [Int] { members.map(cache.length) }

    /// Counts the rows of a batch that every layer was given.
    public func advance(by packed: PackedSequences) { cache.advance(members, by: packed) }
}
