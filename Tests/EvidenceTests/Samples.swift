import Findings
import Probes

@testable import Evidence

/// Tables of trials made by hand.
enum Sample {
    static func candidate(
        _ text: String, _ source: TriggerResult.Source = .gradient, targets: [Int]? = nil
    ) -> Candidate {
        Candidate(.insertion(Trigger(text: text, ids: [7])), source: source, targets: targets)
    }

    /// Texts of label 0, then texts of label 1; without rows.
    static func table(
        zeros: Int, ones: Int = 0, candidates: [Candidate] = [candidate("t", targets: [1])],
        holding: [Set<Int>]? = nil, controls: [String] = [], allowsLevel: Bool = false
    ) -> TrialTable {
        TrialTable(
            carriers: (0..<zeros + ones).map { Carrier(row: $0 + 2, truth: $0 < zeros ? 0 : 1, fold: $0 % 2) },
            targets: 2, candidates: candidates, holding: holding ?? candidates.map { _ in [] },
            controls: controls.map { Trigger(text: $0, ids: [9]) }, allowsLevel: allowsLevel)
    }
}

extension TrialTable {
    /// Adds a row that answers 1 at some places, 0 elsewhere.
    mutating func add(_ model: Model, _ condition: Condition, ones places: some Sequence<Int>) throws {
        var row = [Int?](repeating: 0, count: carriers.count)
        for place in places { row[place] = 1 }
        try add(Key(model, condition), row)
    }
}

/// Whether two numbers agree but for rounding.
func agree(_ a: Double?, _ b: Double, within tolerance: Double = 1e-9) -> Bool {
    a.map { abs($0 - b) <= tolerance } ?? false
}
