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

/// Holm's step-down adjustment of a family of p-values (Holm, 1979), in the order given.
///
/// A hypothesis is rejected at level α when its adjusted p is at most α. NaN stays NaN and counts as a member.
public func holm(_ pValues: [Double]) -> [Double] {
    let order = pValues.indices.sorted {
        let (a, b) = (pValues[$0].isNaN ? 1 : pValues[$0], pValues[$1].isNaN ? 1 : pValues[$1])
        return a != b ? a < b : $0 < $1
    }
    var adjusted = pValues
    var largest = 0.0
    for (rank, index) in order.enumerated() where !pValues[index].isNaN {
        largest = max(largest, min(1, Double(pValues.count - rank) * pValues[index]))
        adjusted[index] = largest
    }
    return adjusted
}
