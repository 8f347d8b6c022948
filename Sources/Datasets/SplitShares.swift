/// The shares of a data set's four parts.
public struct SplitShares: Sendable, Equatable, Codable {
    /// Fine-tuning.
    public var tune: Double
    /// Choice of the mixing ratio.
    public var dev: Double
    /// Search for triggers.
    public var discover: Double
    /// Measurement of what was found.
    public var confirm: Double

    /// Shares in proportion to these numbers, which need not add up to 1.
    public init(tune: Double, dev: Double, discover: Double, confirm: Double) {
        self.tune = tune
        self.dev = dev
        self.discover = discover
        self.confirm = confirm
    }

    /// .40, .20, .15, .25.
    public static let `default` = SplitShares(tune: 0.40, dev: 0.20, discover: 0.15, confirm: 0.25)

    /// The four shares in the order of the parts.
    var values: [Double] { [tune, dev, discover, confirm] }

    /// Whether every share is a number of at least 0 and one is above it.
    public var isValid: Bool { values.allSatisfy { $0 >= 0 && $0.isFinite } && values.contains { $0 > 0 } }

    /// How many of `count` rows each part gets: the largest remainders get the rows that are left over.
    func counts(of count: Int) -> [Int] {
        let total = values.reduce(0, +)
        guard isValid, total.isFinite else { return [count, 0, 0, 0] }
        let exact = values.map { $0 / total * Double(count) }
        var counts = exact.map { Int($0.rounded(.down)) }
        let byRemainder = exact.indices.sorted {
            (exact[$1] - Double(counts[$1]), $0) < (exact[$0] - Double(counts[$0]), $1)
        }
        for part in byRemainder.prefix(max(0, count - counts.reduce(0, +))) { counts[part] += 1 }
        return counts
    }
}
