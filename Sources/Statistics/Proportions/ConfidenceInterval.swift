/// A confidence interval, lower bound first.
public struct ConfidenceInterval: Sendable, Hashable, Codable {
    /// Lower bound.
    public var lower: Double
    /// Upper bound.
    public var upper: Double

    /// An interval from `lower` to `upper`.
    public init(lower: Double, upper: Double) {
        self.lower = lower
        self.upper = upper
    }

    /// Half of the interval's length.
    public var halfWidth: Double { (upper - lower) / 2 }
}

/// The standard normal quantile of a two-sided 95 % interval.
public let z95 = 1.959963984540054

/// Wilson's score interval of a proportion (Wilson, JASA 1927).
///
/// Counts may be fractional, because outcomes at several positions of one text are averaged. With no trial the
/// interval is [0, 1].
public func wilson(successes: Double, trials: Double, z: Double = z95) -> ConfidenceInterval {
    guard trials > 0, successes.isFinite, trials.isFinite else { return ConfidenceInterval(lower: 0, upper: 1) }
    let p = min(max(successes / trials, 0), 1)
    let square = z * z
    let center = p + square / (2 * trials)
    let spread = z * (p * (1 - p) / trials + square / (4 * trials * trials)).squareRoot()
    let scale = 1 + square / trials
    return ConfidenceInterval(
        lower: p == 0 ? 0 : max(0, (center - spread) / scale),
        upper: p == 1 ? 1 : min(1, (center + spread) / scale))
}
