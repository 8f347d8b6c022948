import Statistics

/// Several measurements of one thing.
struct Sample: Codable, Sendable {
    let median: Double
    let minimum: Double
    let maximum: Double
    let count: Int

    /// - Parameter values: nil without any.
    init?(_ values: [Double]) {
        guard let median = Statistics.median(values), let minimum = values.min(), let maximum = values.max() else {
            return nil
        }
        self.median = median
        self.minimum = minimum
        self.maximum = maximum
        count = values.count
    }
}

/// Two things that were measured in turn, one over the other.
struct Ratio: Codable, Sendable {
    /// Quotient of the medians.
    let value: Double
    /// Smallest and largest quotient of two measurements of one round.
    let minimum: Double
    let maximum: Double

    /// - Parameters:
    ///   - upper: by rounds.
    ///   - lower: of the same rounds.
    init?(_ upper: [Double], over lower: [Double]) {
        let rounds = zip(upper, lower).map { $0 / $1 }
        guard let over = median(upper), let under = median(lower), under != 0, let minimum = rounds.min(),
            let maximum = rounds.max()
        else { return nil }
        value = over / under
        self.minimum = minimum
        self.maximum = maximum
    }
}
