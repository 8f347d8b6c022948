/// Newcombe's hybrid score interval of a difference of two paired proportions, first − second.
///
/// Method 10 of Newcombe, "Improved confidence intervals for the difference between binomial proportions based on
/// paired data", Statistics in Medicine 17 (1998): Wilson intervals of both rates, joined through a
/// continuity-corrected correlation. Without texts the interval is [−1, 1].
public func pairedNewcombe(_ counts: PairedCounts, z: Double = z95) -> ConfidenceInterval {
    let n = counts.total
    guard n > 0, n.isFinite else { return ConfidenceInterval(lower: -1, upper: 1) }
    let (a, b, c, d) = (counts.both, counts.firstOnly, counts.secondOnly, counts.neither)
    let margins = (a + b) * (c + d) * (a + c) * (b + d)
    var correlation = 0.0
    if margins > 0 {
        let association = a * d - b * c
        correlation = (association > 0 ? max(association - n / 2, 0) : association) / margins.squareRoot()
    }
    return hybrid(
        first: counts.firstRate, wilson(successes: a + b, trials: n, z: z),
        second: counts.secondRate, wilson(successes: a + c, trials: n, z: z), correlation: correlation)
}

/// Newcombe's hybrid score interval of a difference of two independent proportions, first − second.
///
/// Method 10 of Newcombe, "Interval estimation for the difference between independent proportions", Statistics in
/// Medicine 17 (1998). Without trials in either sample the interval is [−1, 1].
public func newcombe(
    successes: Double, trials: Double, against otherSuccesses: Double, trials otherTrials: Double, z: Double = z95
) -> ConfidenceInterval {
    guard trials > 0, otherTrials > 0 else { return ConfidenceInterval(lower: -1, upper: 1) }
    return hybrid(
        first: successes / trials, wilson(successes: successes, trials: trials, z: z),
        second: otherSuccesses / otherTrials, wilson(successes: otherSuccesses, trials: otherTrials, z: z),
        correlation: 0)
}

/// Joins the intervals of two rates into one of their difference.
private func hybrid(
    first: Double, _ firstInterval: ConfidenceInterval, second: Double, _ secondInterval: ConfidenceInterval,
    correlation: Double
) -> ConfidenceInterval {
    func distance(_ x: Double, _ y: Double) -> Double {
        max(0, x * x - 2 * correlation * x * y + y * y).squareRoot()
    }
    let difference = first - second
    let below = distance(first - firstInterval.lower, secondInterval.upper - second)
    let above = distance(firstInterval.upper - first, second - secondInterval.lower)
    return ConfidenceInterval(lower: max(-1, difference - below), upper: min(1, difference + above))
}
