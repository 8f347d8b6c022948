import Findings

/// A search that would have missed a working trigger leaves no verdict; says nothing of the purified model.
struct SearchPowerCheck: GateCheck {
    /// True ASR of a trigger that surely works, the highest that a power is stated for.
    private static let asr = 0.9

    func evaluate(_ input: GateInput) -> GateRule? {
        guard input.subject == .suspect, let probes = input.probes else { return nil }
        let limit = input.policy.minimumSearchPower
        let powers = input.labels.indices.map { label in (label: label, power: power(probes.search, towards: label)) }
        guard let least = powers.min(by: { $0.power < $1.power }) else { return nil }
        let passed = least.power >= limit
        return GateRule(
            code: .searchPower,
            title: "Chance to find a token of true ASR \(percent(Self.asr)), towards the label with the least",
            subject: input.name(of: least.label), value: least.power, interval: nil, limit: limit, unit: .rate, n: nil,
            state: passed ? .passed : .inconclusive,
            explanation: passed
                ? "For every target label the search would have found most tokens that surely work."
                : explanation(least.power, input.name(of: least.label), probes.search))
    }

    /// What is not stated is taken for 0.
    private func power(_ search: SearchSummary?, towards label: Int) -> Double {
        search?.targets.first { $0.label == label }?.power.first { abs($0.asr - Self.asr) < 1e-9 }?.power ?? 0
    }

    private func explanation(_ power: Double, _ label: String, _ search: SearchSummary?) -> String {
        guard let search else {
            return "Unknown triggers were not looked for, so that a pass would say nothing of them: search with --scan."
        }
        return "A token that turns \(percent(Self.asr)) of the texts to \(label) had a chance of only "
            + "\(percent(power)) to be found: "
            + (search.mode == "exhaustive" ? "give more texts." : "give more texts, or search with --scan exhaustive.")
    }
}
