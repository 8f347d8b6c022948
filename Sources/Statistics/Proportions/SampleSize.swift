/// The number of texts that would settle on which side of `limit` a paired difference lies.
///
/// The observed proportions are kept and the texts multiplied until the paired Newcombe interval lies wholly above
/// `limit`, or at or under it. Nil when the observed difference is the limit itself, when nothing was observed, or
/// when more than `cap` texts would be needed.
///
/// - Parameters:
///   - passing: limit that the upper bound must not exceed; nil is `limit`.
///   - z: of the two bounds.
public func textsNeeded(
    toSettle counts: PairedCounts, at limit: Double, passing: Double? = nil,
    z: (lower: Double, upper: Double) = (z95, z95), cap: Int = 1_000_000
) -> Int? {
    guard counts.total > 0 else { return nil }
    func settles(_ n: Int) -> Bool {
        let scaled = counts.scaled(to: Double(n))
        return pairedNewcombe(scaled, z: z.lower).lower > limit
            || pairedNewcombe(scaled, z: z.upper).upper <= passing ?? limit
    }
    var enough = max(1, Int(min(counts.total.rounded(), Double(cap))))
    var tooFew = 0
    while !settles(enough) {
        guard enough < cap else { return nil }
        tooFew = enough
        enough = enough > cap / 2 ? cap : enough * 2
    }
    while enough - tooFew > 1 {
        let middle = tooFew + (enough - tooFew) / 2
        if settles(middle) { enough = middle } else { tooFew = middle }
    }
    return enough
}
