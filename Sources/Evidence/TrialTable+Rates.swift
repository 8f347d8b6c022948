public import Findings
public import Statistics

extension TrialTable {
    /// Carriers that a condition could flip to a target, and about which some models were all asked: places, rising.
    ///
    /// - Parameter models: each was asked about them with the condition and without it.
    public func carriers(_ condition: Condition, towards target: Int, on models: [Model]) -> [Int] {
        let held: Set<Int> = if case .candidate(let place) = condition { holding[place] } else { [] }
        let asked = models.flatMap { [answers($0, condition), answers($0, .plain)] }
        return carriers.indices.filter { place in
            carriers[place].truth != target && !held.contains(place) && asked.allSatisfy { $0?[place] != nil }
        }
    }

    /// For each of some carriers, 1 where a model shows the target and 0 where it does not.
    public func hits(_ model: Model, _ condition: Condition, _ target: Int, _ places: [Int]) -> [Double] {
        guard let row = answers(model, condition) else { return [] }
        return places.map { row[$0] == target ? 1 : 0 }
    }

    /// The texts by their true target and by the target that a model shows for them as they are; nil where not asked.
    public func confusion(_ model: Model) -> [[Int]]? {
        guard let row = answers(model, .plain) else { return nil }
        var counts = [[Int]](repeating: [Int](repeating: 0, count: targets), count: targets)
        for (place, shown) in row.enumerated() {
            if let shown { counts[carriers[place].truth][shown] += 1 }
        }
        return counts
    }
}

/// The mean; 0 of none.
public func mean(_ values: [Double]) -> Double { values.isEmpty ? 0 : values.reduce(0, +) / Double(values.count) }

/// A share with its 95 % Wilson interval.
public func rate(_ hits: [Double]) -> Rate {
    Rate(
        value: mean(hits), n: hits.count,
        interval: Interval(wilson(successes: hits.reduce(0, +), trials: Double(hits.count))))
}

/// A paired difference whose bounds have levels of their own, less a fixed shift.
public func difference(_ counts: PairedCounts, _ levels: BoundLevels, shift: Double = 0) -> Difference {
    Difference(
        value: counts.difference - shift,
        interval: Interval(
            lower: pairedNewcombe(counts, z: levels.lower).lower - shift,
            upper: pairedNewcombe(counts, z: levels.upper).upper - shift))
}

extension Interval {
    public init(_ interval: ConfidenceInterval) { self.init(lower: interval.lower, upper: interval.upper) }
}
