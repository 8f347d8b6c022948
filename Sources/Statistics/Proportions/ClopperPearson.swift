import Glibc

/// Clopper and Pearson's exact interval of a proportion (Biometrika 1934).
///
/// It covers the true share at least as often as it says, whatever that share is: for claims about few trials.
/// With no trial the interval is [0, 1].
/// - Parameter confidence: of both bounds together, such as 0.95.
public func clopperPearson(successes: Int, trials: Int, confidence: Double = 0.95) -> ConfidenceInterval {
    guard trials > 0 else { return ConfidenceInterval(lower: 0, upper: 1) }
    let count = min(max(successes, 0), trials)
    let tail = (1 - confidence) / 2
    return ConfidenceInterval(
        lower: count == 0 ? 0 : 1 - shareWithLowerTail(tail, atMost: trials - count, of: trials),
        upper: count == trials ? 1 : shareWithLowerTail(tail, atMost: count, of: trials))
}

/// The share p at which P(X ≤ `count`) among `trials` equals `tail`; the probability falls with p.
private func shareWithLowerTail(_ tail: Double, atMost count: Int, of trials: Int) -> Double {
    var (low, high) = (0.0, 1.0)
    for _ in 0..<100 {
        let middle = (low + high) / 2
        if binomialLowerTail(atMost: count, of: trials, share: middle) > tail { low = middle } else { high = middle }
    }
    return (low + high) / 2
}

/// P(X ≤ `count`) of a binomial, for a share between 0 and 1.
private func binomialLowerTail(atMost count: Int, of trials: Int, share: Double) -> Double {
    guard share > 0, share < 1 else { return share <= 0 ? 1 : 0 }
    let logOdds = log(share) - log1p(-share)
    var logMass = Double(trials) * log1p(-share)
    var total = exp(logMass)
    for k in 0..<count {
        logMass += logOdds + log(Double(trials - k) / Double(k + 1))
        total += exp(logMass)
    }
    return total
}
