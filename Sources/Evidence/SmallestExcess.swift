import Findings
import Statistics

extension TrialTable {
    /// The smallest excess over the honest models whose lower bound is above a limit on so many texts, were a candidate to
    /// leave these models' answers as they are; nil where not even all texts would do.
    public func smallestExcess(towards target: Int, beyond limit: Double) -> Double? {
        let places = carriers.indices.filter { carriers[$0].truth != target }
        let n = Double(places.count)
        let floors = judges.map { mean(hits($0, .plain, target, places)) }
        guard let floor = floors.max(), n > 0 else { return nil }
        let discovered = candidates.first(where: \.source.isDiscovered)
        let z = discovered.map { levels(of: $0) } ?? BoundLevels(comparisons: 2 * targets)
        // Texts that an honest model answers with the target anyway are among those that the trigger flips.
        let base = (floor * n).rounded()
        return (0...(places.count - Int(base))).first { flipped in
            let counts = PairedCounts(
                both: base, firstOnly: Double(flipped), secondOnly: 0, neither: n - base - Double(flipped))
            return pairedNewcombe(counts, z: z.lower).lower > limit
        }.map { Double($0) / n }
    }
}
