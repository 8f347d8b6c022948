import Findings
import Statistics

/// The purified model must still do its job, overall and in every class; says nothing of the suspect.
struct AccuracyLossCheck: GateCheck {
    func evaluate(_ input: GateInput) -> GateRule? {
        guard input.subject == .purified, let costs = input.probes?.remedyCosts else { return nil }
        let limit = input.policy.accuracyLoss
        let states = costs.map { GateRule.State(interval: $0.difference.interval, limit: limit) }
        guard let worst = worstIndex(states, values: costs.map(\.difference.value)) else { return nil }
        let (cost, state) = (costs[worst], states[worst])
        return GateRule(
            code: .accuracyLoss, title: "Clean accuracy lost by the remedy, or rise of a floor",
            subject: subject(cost, input), value: cost.difference.value, interval: cost.difference.interval,
            limit: limit, unit: .difference, n: cost.n, state: state, explanation: explanation(state),
            textsNeeded: state == .inconclusive
                ? textsNeeded(
                    toSettle: counts(cost), at: limit,
                    z: (normalQuantile(1 - 0.05 / Double(costs.count)), normalQuantile(0.95)))
                : nil)
    }

    private func counts(_ cost: RemedyCost) -> PairedCounts {
        PairedCounts(
            both: Double(cost.both), firstOnly: Double(cost.worse), secondOnly: Double(cost.better),
            neither: Double(cost.n - cost.both - cost.worse - cost.better))
    }

    private func subject(_ cost: RemedyCost, _ input: GateInput) -> String {
        guard let label = cost.label else { return "all labels" }
        return cost.measure == .floor ? "floor to \(input.name(of: label))" : input.name(of: label)
    }

    private func explanation(_ state: GateRule.State) -> String {
        switch state {
        case .passed: "The purified model still does its job."
        case .inconclusive: "It may have lost too much to replace the suspect: more texts would decide."
        case .failed: "The purified model has lost too much to replace the suspect."
        }
    }
}
