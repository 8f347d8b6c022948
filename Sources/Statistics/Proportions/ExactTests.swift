import Glibc

/// McNemar's exact two-sided p of paired yes/no outcomes: a binomial test of the two discordant counts.
///
/// - Parameters:
///   - firstOnly: pairs with the first outcome alone.
///   - secondOnly: pairs with the second outcome alone.
/// - Returns: 1 when no pair is discordant.
public func mcNemarExact(firstOnly: Int, secondOnly: Int) -> Double {
    let smaller = max(0, min(firstOnly, secondOnly))
    let n = Double(smaller) + Double(max(0, max(firstOnly, secondOnly)))
    guard n > 0 else { return 1 }
    var logMass = -n * log(2.0)
    var tail = exp(logMass)
    for k in 0..<smaller {
        logMass += log((n - Double(k)) / Double(k + 1))
        tail += exp(logMass)
    }
    return min(1, 2 * tail)
}
