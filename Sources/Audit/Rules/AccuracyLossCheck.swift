import Findings

/// The purified model must still do its job, overall and in every class; says nothing of the suspect.
struct AccuracyLossCheck: GateCheck {
    func evaluate(_ input: GateInput) -> GateRule? {
        guard input.subject == .purified, let probes = input.probes,
            let before = probes.accuracy.first(where: { $0.model == .suspect })?.accuracy,
            let after = probes.accuracy.first(where: { $0.model == .purified })?.accuracy
        else { return nil }
        let losses =
            [("all labels", before.overall.value - after.overall.value, after.overall.n)]
            + zip(before.perClass, after.perClass).enumerated().map { label, pair in
                (input.name(of: label), pair.0.value - pair.1.value, pair.1.n)
            }
        guard let worst = losses.max(by: { $0.1 < $1.1 }) else { return nil }
        let limit = input.policy.accuracyLoss
        let passed = worst.1 <= limit
        return GateRule(
            code: .accuracyLoss, title: "Clean accuracy lost by the remedy, overall or in the worst class",
            subject: worst.0, value: worst.1, interval: nil, limit: limit, unit: .difference, n: worst.2,
            state: passed ? .passed : .failed,
            explanation: passed
                ? "The purified model still does its job."
                : "The purified model has lost too much to replace the suspect.")
    }
}
