/// Sums over the elements of a suspect's and a base's buffer, from which norms and cosines follow.
///
/// All in Double and in a fixed order: four lanes side by side, joined at the end.
struct DeltaSums: Sendable, Equatable {
    /// Σ (s − b)².
    var deltaSquared = 0.0
    /// Σ (s − b)·b.
    var deltaDotBase = 0.0
    /// Σ b².
    var baseSquared = 0.0
    /// Σ s².
    var suspectSquared = 0.0
    /// Largest |s − b|.
    var maxAbsolute = 0.0
    /// Elements that differ.
    var changed = 0
    /// NaN and infinities in the suspect, left out of all sums.
    var nonFiniteInSuspect = 0
    /// NaN and infinities in the base, left out of all sums.
    var nonFiniteInBase = 0

    /// Adds the sums of the following elements.
    mutating func add(_ other: DeltaSums) {
        deltaSquared += other.deltaSquared
        deltaDotBase += other.deltaDotBase
        baseSquared += other.baseSquared
        suspectSquared += other.suspectSquared
        maxAbsolute = max(maxAbsolute, other.maxAbsolute)
        changed += other.changed
        nonFiniteInSuspect += other.nonFiniteInSuspect
        nonFiniteInBase += other.nonFiniteInBase
    }

    init() {}

    /// Sums `suspect` and `base`; elements beyond the shorter buffer are left out.
    init(_ suspect: UnsafeBufferPointer<Float>, _ base: UnsafeBufferPointer<Float>) {
        let count = min(suspect.count, base.count)
        let whole = count - count % 4
        var (delta, cross, baseSum, suspectSum, largest) = (
            SIMD4<Double>.zero, SIMD4<Double>.zero, SIMD4<Double>.zero, SIMD4<Double>.zero, SIMD4<Double>.zero
        )
        var differing = SIMD4<Int32>.zero
        var i = 0
        while i < whole {
            let s = SIMD4<Float>(suspect[i], suspect[i + 1], suspect[i + 2], suspect[i + 3])
            let b = SIMD4<Float>(base[i], base[i + 1], base[i + 2], base[i + 3])
            let wideS = SIMD4<Double>(s)
            let wideB = SIMD4<Double>(b)
            let d = wideS - wideB
            delta += d * d
            cross += d * wideB
            baseSum += wideB * wideB
            suspectSum += wideS * wideS
            let magnitude = d.replacing(with: -d, where: d .< 0)
            largest.replace(with: magnitude, where: magnitude .> largest)
            differing &+= SIMD4<Int32>.zero.replacing(with: 1, where: s .!= b)
            i += 4
        }
        deltaSquared = delta.sum()
        deltaDotBase = cross.sum()
        baseSquared = baseSum.sum()
        suspectSquared = suspectSum.sum()
        maxAbsolute = largest.max()
        changed = Int(differing.wrappedSum())
        for i in whole..<count { add(suspect[i], base[i]) }
        // Squares of finite floats never overflow a Double, so that a sum is finite exactly when all elements are.
        if !(deltaSquared + baseSquared + suspectSquared).isFinite {
            self = DeltaSums()
            for i in 0..<count { add(suspect[i], base[i]) }
        }
    }

    /// Adds one element: the plain reference of the loop above, which also counts what is not finite.
    mutating func add(_ suspect: Float, _ base: Float) {
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
