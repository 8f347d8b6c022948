/// BPE's merges: pairs of token ids to the rank of their merge and the token it makes.
///
/// A hash table with open addressing whose multiplier is drawn at random, so that no file can be made to collide.
struct MergeTable: Sendable {
    private var keys: [UInt64]
    /// The rank above the id.
    private var values: [UInt64]
    private let multiplier = UInt64.random(in: .min ... .max) | 1
    private let shift: UInt64
    private let mask: Int

    private static let empty = UInt64.max

    /// A table of `merges` in the order of their rank; of equal pairs the last counts.
    init(_ merges: [(left: Int32, right: Int32, merged: Int32)]) {
        var bits: UInt64 = 4
        while merges.count > (1 << bits) / 5 * 3 { bits += 1 }
        keys = [UInt64](repeating: Self.empty, count: 1 << bits)
        values = [UInt64](repeating: 0, count: 1 << bits)
        shift = 64 - bits
        mask = (1 << bits) - 1
        for (rank, merge) in merges.enumerated() {
            let key = Self.key(merge.left, merge.right)
            var slot = slot(of: key)
            while keys[slot] != key, keys[slot] != Self.empty { slot = (slot + 1) & mask }
            keys[slot] = key
            values[slot] = UInt64(truncatingIfNeeded: rank) << 32 | UInt64(UInt32(bitPattern: merge.merged))
        }
    }

    /// Rank and merged token of a pair; `nil` if it is never merged.
    @inline(__always)
    subscript(left: Int32, right: Int32) -> Merge? {
        let key = Self.key(left, right)
        var slot = slot(of: key)
        while true {
            let found = keys[slot]
            if found == key { return Merge(packed: values[slot]) }
            if found == Self.empty { return nil }
            slot = (slot + 1) & mask
        }
    }

    @inline(__always)
    private static func key(_ left: Int32, _ right: Int32) -> UInt64 {
        UInt64(UInt32(bitPattern: left)) << 32 | UInt64(UInt32(bitPattern: right))
    }

    @inline(__always)
    private func slot(of key: UInt64) -> Int {
        let (high, low) = (key ^ (key >> 29)).multipliedFullWidth(by: multiplier)
        return Int(truncatingIfNeeded: ((high ^ low) &* multiplier) >> shift)
    }
}

/// What a pair of tokens becomes, and how early.
struct Merge: Sendable, Equatable {
    /// Place in the list of merges; lower ones come first.
    let rank: UInt32
    /// The token that the pair becomes.
    let id: Int32

    @inline(__always)
    init(packed: UInt64) {
        rank = UInt32(truncatingIfNeeded: packed >> 32)
        id = Int32(truncatingIfNeeded: packed)
    }
}
