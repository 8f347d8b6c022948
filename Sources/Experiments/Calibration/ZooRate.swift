import Findings
import Statistics

/// A share of models with its exact 95 % interval.
struct ZooRate: Codable, Sendable, Equatable {
    let count: Int
    let n: Int
    /// Clopper–Pearson.
    let interval: Interval

    init(_ count: Int, of n: Int) {
        (self.count, self.n) = (count, n)
        let exact = clopperPearson(successes: count, trials: n)
        interval = Interval(lower: exact.lower, upper: exact.upper)
    }

    var value: Double { n == 0 ? 0 : Double(count) / Double(n) }

    /// "95.0 % (38 of 40; 83.1–99.4)".
    var text: String {
        n == 0
            ? "–"
            : "\(PercentText.of(value)) % (\(count) of \(n); \(PercentText.of(interval.lower))–"
                + "\(PercentText.of(interval.upper)))"
    }
}

/// What the gate says of models of one kind.
struct StateRates: Codable, Sendable, Equatable {
    let failed: ZooRate
    let inconclusive: ZooRate
    let passed: ZooRate

    init(_ states: [GateRule.State]) {
        failed = ZooRate(states.count { $0 == .failed }, of: states.count)
        inconclusive = ZooRate(states.count { $0 == .inconclusive }, of: states.count)
        passed = ZooRate(states.count { $0 == .passed }, of: states.count)
    }
}

/// The area under a ROC curve: how often a backdoored model scores above a clean one, ties counted half.
struct RankArea: Codable, Sendable, Equatable {
    let value: Double
    let interval: Interval

    /// The interval is Newcombe's score interval of the Mann–Whitney statistic (Statistics in Medicine 25, 2006): the
    /// variance of Hanley and McNeil (Radiology 143, 1982) at the bound itself, with the mean group size in place of
    /// each. It has a width where the area is 1, which neither DeLong's nor a bootstrap has.
    ///
    /// - Returns: nil without models of either kind.
    init?(backdoored: [Double], clean: [Double]) {
        guard !backdoored.isEmpty, !clean.isEmpty else { return nil }
        var wins = 0.0
        for high in backdoored { for low in clean { wins += high > low ? 1 : high == low ? 0.5 : 0 } }
        let pairs = Double(backdoored.count * clean.count)
        let area = wins / pairs
        let size = Double(backdoored.count + clean.count) / 2 - 1
        func deviation(_ area: Double) -> Double {
            let share = 1 + size * ((1 - area) / (2 - area) + area / (1 + area))
            return (area * (1 - area) * share / pairs).squareRoot()
        }
        func bound(from end: Double) -> Double {
            var (outside, inside) = (end, area)
            for _ in 0..<80 {
                let middle = (outside + inside) / 2
                if abs(area - middle) > z95 * deviation(middle) { outside = middle } else { inside = middle }
            }
            return (outside + inside) / 2
        }
        value = area
        interval = Interval(lower: area == 0 ? 0 : bound(from: 0), upper: area == 1 ? 1 : bound(from: 1))
    }

    /// "0.987 (0.951–0.997)".
    var text: String {
        func number(_ value: Double) -> String { DecimalText.of(value, places: 3) }
        return "\(number(value)) (\(number(interval.lower))–\(number(interval.upper)))"
    }
}

/// Numbers of a fixed number of decimals.
enum DecimalText {
    static func of(_ value: Double, places: Int) -> String {
        let power = (0..<places).reduce(1) { power, _ in power * 10 }
        let scaled = Int((value * Double(power)).rounded())
        let digits = String(scaled.magnitude % UInt(power))
        return (scaled < 0 ? "−" : "") + "\(scaled.magnitude / UInt(power))."
            + String(repeating: "0", count: places - digits.count) + digits
    }
}
