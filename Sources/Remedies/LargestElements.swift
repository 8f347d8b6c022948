/// Which elements of some tensors have the largest magnitudes: exactly so many of them, the first of equal ones.
///
/// Found in O(n) by counting bit patterns, without sorting. Elements are then asked for one by one, in the order in
/// which they were given.
struct LargestElements: Sendable {
    /// The smallest bit pattern among the chosen elements.
    private let threshold: UInt32
    /// Elements of exactly that pattern that are still to be chosen.
    private var ties: Int

    /// - Parameters:
    ///   - count: elements to choose, at most as many as there are.
    ///   - tensors: values whose magnitudes are compared; NaN counts as larger than any number.
    init(_ count: Int, of tensors: [UnsafeBufferPointer<Float>]) {
        guard count > 0 else {
            (threshold, ties) = (.max, 0)
            return
        }
        var upper = [Int](repeating: 0, count: 1 << 15)
        for tensor in tensors {
            for value in tensor { upper[Int(Self.key(value) >> 16)] += 1 }
        }
        let (high, rest) = Self.place(of: count, in: upper)
        var lower = [Int](repeating: 0, count: 1 << 16)
        for tensor in tensors {
            for value in tensor where Int(Self.key(value) >> 16) == high { lower[Int(Self.key(value) & 0xFFFF)] += 1 }
        }
        let (low, left) = Self.place(of: rest, in: lower)
        (threshold, ties) = (UInt32(high << 16 | low), left)
    }

    /// Whether the next element is among the largest.
    mutating func takes(_ value: Float) -> Bool {
        let key = Self.key(value)
        guard key == threshold else { return key > threshold }
        ties -= 1
        return ties >= 0
    }

    /// Magnitudes in their order: the bits of a float without its sign.
    private static func key(_ value: Float) -> UInt32 { value.magnitude.bitPattern }

    /// The bucket that holds the element of that rank, counted from the top, and its rank within the bucket.
    private static func place(of rank: Int, in counts: [Int]) -> (bucket: Int, rank: Int) {
        var rank = rank
        for (bucket, count) in counts.enumerated().reversed() {
            if count >= rank { return (bucket, rank) }
            rank -= count
        }
        return (0, rank)
    }
}
