internal import CKernels

/// Sums over the elements of a suspect's and a base's buffer, from which norms and cosines follow.
///
/// All in Double and in a fixed order: eight lanes side by side, joined at the end. The bits are the same at every
/// instruction level.
public struct DeltaSums: Sendable, Equatable {
    /// Σ (s − b)².
    public var deltaSquared = 0.0
    /// Σ (s − b)·b.
    public var deltaDotBase = 0.0
    /// Σ b².
    public var baseSquared = 0.0
    /// Σ s².
    public var suspectSquared = 0.0
    /// Largest |s − b|.
    public var maxAbsolute = 0.0
    /// Elements that differ.
    public var changed = 0
    /// NaN and infinities in the suspect, left out of all sums.
    public var nonFiniteInSuspect = 0
    /// NaN and infinities in the base, left out of all sums.
    public var nonFiniteInBase = 0

    /// Sums of nothing.
    public init() {}

    /// Adds the sums of the following elements.
    public mutating func add(_ other: DeltaSums) {
        deltaSquared += other.deltaSquared
        deltaDotBase += other.deltaDotBase
        baseSquared += other.baseSquared
        suspectSquared += other.suspectSquared
        maxAbsolute = max(maxAbsolute, other.maxAbsolute)
        changed += other.changed
        nonFiniteInSuspect += other.nonFiniteInSuspect
        nonFiniteInBase += other.nonFiniteInBase
    }
}

extension DeltaSums {
    /// The loops of the instruction levels that this processor has, the fastest last.
    static let loops: [assay_delta_loop] = (0...2).compactMap { assay_delta_loop_at($0) }

    private static let current = assay_delta_loop_at(assay_current_level())

    /// Sums `suspect` and `base`; elements beyond the shorter buffer are left out.
    public init(_ suspect: UnsafeBufferPointer<Float>, _ base: UnsafeBufferPointer<Float>) {
        self.init(suspect, base, loop: Self.current)
    }

    /// As above, by one of `loops`.
    init(_ suspect: UnsafeBufferPointer<Float>, _ base: UnsafeBufferPointer<Float>, loop: assay_delta_loop?) {
        let count = min(suspect.count, base.count)
        if let loop, let s = suspect.baseAddress, let b = base.baseAddress {
            let sums = loop(s, b, count)
            // Squares of finite floats never overflow a Double: a sum is finite exactly when all elements are.
            if (sums.delta_squared + sums.base_squared + sums.suspect_squared).isFinite {
                deltaSquared = sums.delta_squared
                deltaDotBase = sums.delta_dot_base
                baseSquared = sums.base_squared
                suspectSquared = sums.suspect_squared
                maxAbsolute = sums.max_absolute
                changed = Int(sums.changed)
                return
            }
        }
        for i in 0..<count { add(suspect[i], base[i]) }
    }

    /// Adds one element: the plain reference of the loops, which also counts what is not finite.
    public mutating func add(_ suspect: Float, _ base: Float) {
        changed += suspect == base || suspect.bitPattern == base.bitPattern ? 0 : 1
        guard suspect.isFinite, base.isFinite else {
            nonFiniteInSuspect += suspect.isFinite ? 0 : 1
            nonFiniteInBase += base.isFinite ? 0 : 1
            return
        }
        let (s, b) = (Double(suspect), Double(base))
        deltaSquared += (s - b) * (s - b)
        deltaDotBase += (s - b) * b
        baseSquared += b * b
        suspectSquared += s * s
        maxAbsolute = max(maxAbsolute, abs(s - b))
    }
}
