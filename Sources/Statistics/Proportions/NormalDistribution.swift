import Glibc

/// The standard normal quantile: z with P(Z ≤ z) = `p`.
///
/// A rational first guess (Abramowitz and Stegun 26.2.23) refined by Halley steps on the complementary error
/// function, to about 1e-15 relative. −∞ at 0, +∞ at 1, NaN outside.
public func normalQuantile(_ p: Double) -> Double {
    guard p > 0, p < 1 else { return p == 0 ? -.infinity : p == 1 ? .infinity : .nan }
    guard p <= 0.5 else { return -normalQuantile(1 - p) }
    let t = (-2 * log(p)).squareRoot()
    let numerator = 2.515517 + t * (0.802853 + t * 0.010328)
    let denominator = 1 + t * (1.432788 + t * (0.189269 + t * 0.001308))
    var z = numerator / denominator - t
    for _ in 0..<4 {
        let excess = normalCDF(z) - p
        let step = excess * (2 * Double.pi).squareRoot() * exp(z * z / 2)
        guard step.isFinite else { break }
        let next = z - step / (1 + z * step / 2)
        if next == z { break }
        z = next
    }
    return z
}

/// P(Z ≤ z) of the standard normal distribution.
public func normalCDF(_ z: Double) -> Double {
    erfc(-z / 2.0.squareRoot()) / 2
}
