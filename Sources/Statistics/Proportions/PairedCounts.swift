/// Two yes/no outcomes of the same texts, counted in a two-by-two table.
///
/// Counts may be fractional, because outcomes at several positions of one text are averaged.
public struct PairedCounts: Sendable, Hashable {
    /// Texts with both outcomes.
    public var both: Double
    /// Texts with the first outcome alone.
    public var firstOnly: Double
    /// Texts with the second outcome alone.
    public var secondOnly: Double
    /// Texts with neither outcome.
    public var neither: Double

    /// A table from its four cells; a negative cell counts as zero.
    public init(both: Double, firstOnly: Double, secondOnly: Double, neither: Double) {
        self.both = max(both, 0)
        self.firstOnly = max(firstOnly, 0)
        self.secondOnly = max(secondOnly, 0)
        self.neither = max(neither, 0)
    }

    /// Counts the outcomes of the same texts in the same order; each is the share of a text's positions, 0 to 1.
    ///
    /// With fractional outcomes a text adds to the cells what independent positions would. Texts beyond the shorter
    /// list are left out.
    public init(first: some Sequence<Double>, second: some Sequence<Double>) {
        self.init(both: 0, firstOnly: 0, secondOnly: 0, neither: 0)
        for (a, b) in zip(first, second) {
            let a = min(max(a, 0), 1)
            let b = min(max(b, 0), 1)
            both += a * b
            firstOnly += a * (1 - b)
            secondOnly += (1 - a) * b
            neither += (1 - a) * (1 - b)
        }
    }

    /// Number of texts.
    public var total: Double { both + firstOnly + secondOnly + neither }

    /// Share of texts with the first outcome; 0 without texts.
    public var firstRate: Double { total > 0 ? (both + firstOnly) / total : 0 }

    /// Share of texts with the second outcome; 0 without texts.
    public var secondRate: Double { total > 0 ? (both + secondOnly) / total : 0 }

    /// First rate − second rate.
    public var difference: Double { total > 0 ? (firstOnly - secondOnly) / total : 0 }

    /// The same proportions among `total` texts.
    public func scaled(to total: Double) -> PairedCounts {
        let factor = self.total > 0 ? total / self.total : 0
        return PairedCounts(
            both: both * factor, firstOnly: firstOnly * factor, secondOnly: secondOnly * factor,
            neither: neither * factor)
    }
}
