#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#endif

/// Random numbers addressed by a counter: draw `i` is a pure function of (seed, stream, i).
///
/// Masks, shuffles and dropout do not depend on threads, order or machine, and any element can be drawn alone.
/// Philox4x32-10 (Salmon et al., "Parallel Random Numbers: As Easy as 1, 2, 3", SC 2011).
public struct CounterRandom: Sendable {
    /// The Philox key.
    public let key: UInt64

    /// - Parameters:
    ///   - seed: the run's seed.
    ///   - stream: what the numbers are for, such as a tensor's name; different names give unrelated streams.
    public init(seed: UInt64, stream: String) {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for byte in stream.utf8 { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01b3 }
        key = Self.mix(seed &+ 0x9e37_79b9_7f4a_7c15) ^ Self.mix(hash)
    }

    /// Four 32-bit words at block `counter`.
    public func block(_ counter: UInt64) -> SIMD4<UInt32> {
        var c = SIMD4<UInt32>(UInt32(truncatingIfNeeded: counter), UInt32(truncatingIfNeeded: counter >> 32), 0, 0)
        var k0 = UInt32(truncatingIfNeeded: key)
        var k1 = UInt32(truncatingIfNeeded: key >> 32)
        for _ in 0..<10 {
            let p0 = UInt64(0xD251_1F53) &* UInt64(c[0])
            let p1 = UInt64(0xCD9E_8D57) &* UInt64(c[2])
            c = SIMD4(
                UInt32(truncatingIfNeeded: p1 >> 32) ^ c[1] ^ k0, UInt32(truncatingIfNeeded: p1),
                UInt32(truncatingIfNeeded: p0 >> 32) ^ c[3] ^ k1, UInt32(truncatingIfNeeded: p0))
            k0 &+= 0x9E37_79B9
            k1 &+= 0xBB67_AE85
        }
        return c
    }

    /// 64 random bits at `index`.
    public func bits(at index: UInt64) -> UInt64 {
        let words = block(index)
        return UInt64(words[0]) | UInt64(words[1]) << 32
    }

    /// A number in [0, 1) at `index`, with 53 random bits.
    public func uniform(at index: UInt64) -> Double {
        Double(bits(at: index) >> 11) * 0x1p-53
    }

    /// An integer in `0..<bound` at `index`; `bound` must be positive.
    public func below(_ bound: Int, at index: UInt64) -> Int {
        Int(bits(at: index).multipliedFullWidth(by: UInt64(bound)).high)
    }

    /// A standard normal number at `index` (Box–Muller).
    public func normal(at index: UInt64) -> Double {
        let words = block(index)
        let first = (Double(words[0]) + 1) * 0x1p-32
        let second = Double(words[1]) * 0x1p-32
        return (-2 * log(first)).squareRoot() * cos(2 * .pi * second)
    }

    /// The integers `0..<count` in random order (Fisher–Yates).
    public func permutation(_ count: Int) -> [Int] {
        var order = Array(0..<count)
        for i in stride(from: count - 1, to: 0, by: -1) { order.swapAt(i, below(i + 1, at: UInt64(i))) }
        return order
    }

    private static func mix(_ x: UInt64) -> UInt64 {
        var z = x
        z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
        z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
        return z ^ (z >> 31)
    }
}
