public import Kernels
public import Tokenizers

/// Token sequences laid end to end: no padding anywhere.
public struct PackedBatch: Sendable {
    /// Ids of all sequences, end to end.
    public let ids: [Int32]
    /// Token types, like `ids`.
    public let typeIDs: [Int32]
    /// Position of each token in its sequence.
    public let positions: [Int32]
    public let sequences: PackedSequences

    /// - Parameter encodings: one a sequence, none empty.
    public init(_ encodings: [Encoding]) {
        var ids: [Int32] = []
        var typeIDs: [Int32] = []
        var positions: [Int32] = []
        var offsets = [0]
        let total = encodings.reduce(0) { $0 + $1.ids.count }
        ids.reserveCapacity(total)
        typeIDs.reserveCapacity(total)
        positions.reserveCapacity(total)
        for encoding in encodings {
            ids += encoding.ids
            typeIDs += encoding.typeIDs
            positions += 0..<Int32(encoding.ids.count)
            offsets.append(ids.count)
        }
        self.ids = ids
        self.typeIDs = typeIDs
        self.positions = positions
        sequences = PackedSequences(offsets: offsets)
    }

    /// The next tokens of sequences that have some already, of type 0.
    ///
    /// - Parameters:
    ///   - ids: token ids, one list a sequence.
    ///   - starts: position of each list's first token.
    init(ids: [[Int32]], starts: [Int]) {
        self.ids = ids.flatMap(\.self)
        typeIDs = [Int32](repeating: 0, count: self.ids.count)
        positions = zip(ids, starts).flatMap { ids, start in ids.indices.map { Int32(start + $0) } }
        sequences = PackedSequences(offsets: ids.reduce(into: [0]) { $0.append(($0.last ?? 0) + $1.count) })
    }

    /// Row of each sequence's first token.
    public var firstRows: [Int] { Array(sequences.offsets.dropLast()) }

    /// Tokens of the longest sequence.
    var longest: Int { (0..<sequences.count).map { sequences.rows($0).count }.max() ?? 0 }
}
