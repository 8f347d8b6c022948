import Tensors

/// Which elements of one tensor Fine-mixing keeps from the suspect: exactly ⌊ρ·n⌋ of n, drawn at random.
///
/// Every element has a 32-bit random key, a pure function of (seed, tensor name, element index), and the elements
/// with the smallest keys are kept, ties by index. The mask therefore depends on no thread, order or machine, and
/// the elements kept at a smaller ρ are among those kept at a larger one. The mask stores the last kept key and
/// index, not a bit per element.
public struct MixMask: Sendable {
    /// Elements of the tensor.
    public let count: Int
    /// Elements kept from the suspect, ⌊ρ·n⌋.
    public let kept: Int
    let random: CounterRandom
    /// The largest kept element in the order of (key, index); nil when none is kept.
    let last: Element?

    /// An element in the order in which elements are kept.
    struct Element: Comparable, Sendable {
        var key: UInt32
        var index: Int

        static func < (a: Self, b: Self) -> Bool { a.key != b.key ? a.key < b.key : a.index < b.index }
    }

    /// Draws the mask of a tensor with `count` elements; O(n) time, O(√n) memory.
    ///
    /// - Parameters:
    ///   - rho: the reserve ratio, the share kept from the suspect, 0 to 1.
    ///   - seed: the run's seed.
    ///   - name: the tensor's name; tensors of different names have unrelated masks.
    public init(count: Int, rho: Double, seed: UInt64, name: String) throws(RemedyError) {
        try self.init(count: count, rho: rho, seed: seed, name: name, deviations: 8)
    }

    /// - Parameter deviations: half width of the first search window, in standard deviations of the threshold; the
    ///   window is widened until it holds the threshold, so that the result does not depend on it.
    init(count: Int, rho: Double, seed: UInt64, name: String, deviations: Double) throws(RemedyError) {
        guard rho >= 0, rho <= 1 else { throw .ratio(rho) }
        self.count = max(count, 0)
        kept = Self.keptCount(of: self.count, rho: rho)
        random = CounterRandom(seed: seed, stream: "fine-mixing/" + name)
        last = Self.lastKept(kept, of: self.count, random: random, deviations: deviations)
    }

    /// Whether element `index` is kept from the suspect; false outside the tensor.
    public func keeps(_ index: Int) -> Bool {
        guard let last, index >= 0, index < count else { return false }
        return Element(key: random.block(UInt64(index >> 2))[index & 3], index: index) <= last
    }

    /// ⌊ρ·n⌋ of the decimal number that `rho` stands for: 0.29 of 100 is 29 although the nearest double is smaller.
    public static func keptCount(of count: Int, rho: Double) -> Int {
        let product = rho * Double(count)
        let nearest = product.rounded()
        let whole = abs(product - nearest) <= 4 * product.ulp ? nearest : product.rounded(.down)
        return min(count, Int(max(0, whole)))
    }
}

extension MixMask {
    /// The element of order `kept` − 1 by (key, index), found in a window of keys around its expected place.
    private static func lastKept(
        _ kept: Int, of count: Int, random: CounterRandom, deviations: Double
    ) -> Element? {
        guard kept > 0 else { return nil }
        guard kept < count else { return Element(key: .max, index: count - 1) }
        let share = Double(kept) / Double(count)
        let center = share * 0x1p32
        var halfWidth = deviations * (share * (1 - share) / Double(count)).squareRoot() * 0x1p32 + 16
        while true {
            let low = UInt32(max(0, center - halfWidth))
            let high = UInt32(min(0x1p32 - 1, center + halfWidth))
            var (below, inside) = elements(from: low, through: high, of: count, random: random)
            if below < kept, kept <= below + inside.count {
                inside.sort()
                return inside[kept - 1 - below]
            }
            halfWidth *= 64
        }
    }

    /// How many elements have a key under `low`, and those with a key in `low...high`.
    private static func elements(
        from low: UInt32, through high: UInt32, of count: Int, random: CounterRandom
    ) -> (below: Int, inside: [Element]) {
        var below = 0
        var inside: [Element] = []
        let span = high - low
        for block in 0..<(count / 4) {
            let keys = random.block(UInt64(block))
            for lane in 0..<4 {
                let key = keys[lane]
                below += key < low ? 1 : 0
                if key &- low <= span { inside.append(Element(key: key, index: block * 4 + lane)) }
            }
        }
        if count % 4 > 0 {
            let keys = random.block(UInt64(count / 4))
            for lane in 0..<(count % 4) {
                if keys[lane] < low { below += 1 }
                if keys[lane] &- low <= span {
                    inside.append(Element(key: keys[lane], index: count - count % 4 + lane))
                }
            }
        }
        return (below, inside)
    }
}
