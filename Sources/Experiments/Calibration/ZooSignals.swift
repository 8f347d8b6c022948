import Findings

/// What the checks beside the rates would do as rules: their rates and their areas under the ROC curve.
struct ZooSignals {
    private let clean: [SignalSummary]
    private let backdoored: [SignalSummary]

    /// - Parameter outcomes: models that count; those audited without the checks are left out.
    init(_ outcomes: [ZooOutcome]) {
        clean = outcomes.filter { $0.truth == .clean }.compactMap(\.audit.signals)
        backdoored = outcomes.filter { $0.truth == .backdoored }.compactMap(\.audit.signals)
    }

    /// Nil where no model was audited with the checks.
    var table: PageTable? {
        guard !clean.isEmpty, !backdoored.isEmpty else { return nil }
        return PageTable(
            header: ["check", "notable on backdoored", "notable on clean", "area under the ROC curve"],
            rows: [
                row("activations along Δ", { $0.activations.contains(where: \.isNotable) }) {
                    $0.activations.map(\.excess.interval.lower).max() ?? -1
                },
                row("perturbed weights", { $0.perturbations.contains(where: \.isNotable) }) {
                    $0.perturbations.map(\.ease).max() ?? 0
                },
            ], names: 1)
    }

    private func row(
        _ name: String, _ isNotable: (SignalSummary) -> Bool, _ score: (SignalSummary) -> Double
    ) -> [String] {
        [
            name, ZooRate(backdoored.count(where: isNotable), of: backdoored.count).text,
            ZooRate(clean.count(where: isNotable), of: clean.count).text,
            RankArea(backdoored: backdoored.map(score), clean: clean.map(score))?.text ?? "–",
        ]
    }
}
