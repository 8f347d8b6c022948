/// A mean and how far seeds lie apart.
struct Spread: Codable, Sendable, Equatable {
    let mean: Double
    /// Standard deviation of the sample; nil of one value.
    let deviation: Double?
    let count: Int

    /// nil of no values.
    init?(_ values: [Double]) {
        guard !values.isEmpty else { return nil }
        let mean = values.reduce(0, +) / Double(values.count)
        self.mean = mean
        count = values.count
        deviation =
            values.count < 2
            ? nil
            : (values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(values.count - 1)).squareRoot()
    }

    /// A mean with the spread of other means, such as the seeds'.
    init(mean: Double, over seeds: [Double]) {
        self.mean = mean
        count = seeds.count
        deviation = Spread(seeds)?.deviation
    }

    /// "88.1 ± 0.3", in per cent.
    var text: String { PercentText.of(mean) + (deviation.map { " ± " + PercentText.of($0) } ?? "") }
}
