/// The smallest part of a phrase that does nearly all it does.
public struct TriggerCore: Sendable, Equatable, Codable {
    /// The core's words, in the phrase's order.
    public let text: String
    /// Hits of the core.
    public let tally: FlipTally
    /// Hits of the whole phrase on the same texts.
    public let whole: FlipTally

    /// Share of texts that a core may flip less than the whole.
    public static let tolerance = 0.05

    /// Shortens a phrase.
    ///
    /// Words are taken away one by one, each time the one that costs least, as long as the hit rate stays within the
    /// tolerance; then every single word and every pair is tried, for what one removal at a time cannot reach.
    /// - Parameter meter: of the phrase on the suspect.
    public static func find(_ meter: inout PartMeter) -> TriggerCore {
        let all = Array(meter.words.indices)
        let whole = meter.measure([all])[0].tally
        let least = whole.rate - tolerance
        var core = (places: all, tally: whole)
        func shorten(_ parts: [[Int]]) -> Bool {
            guard let best = strongest(meter.measure(parts)), best.tally.rate >= least else { return false }
            core = (best.places, best.tally)
            return true
        }
        while core.places.count > 1, shorten(core.places.withoutOne) {}
        for size in 1...2 where size < core.places.count { _ = shorten(all.choices(size)) }
        return TriggerCore(text: meter.text(core.places), tally: core.tally, whole: whole)
    }

    /// The first of equals.
    private static func strongest(_ parts: [PartMeter.Part]) -> PartMeter.Part? {
        parts.dropFirst().reduce(parts.first) { best, part in
            best.map { part.tally.isStronger(than: $0.tally) ? part : $0 }
        }
    }
}
