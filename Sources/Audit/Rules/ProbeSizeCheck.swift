import Findings

/// Too few probes leave no verdict.
struct ProbeSizeCheck: GateCheck {
    func evaluate(_ input: GateInput) -> GateRule? {
        let limit = input.policy.minimumProbes
        let labels = max(input.labels.count, 2)
        let perTarget = (0..<labels).map { target in
            (input.probes?.textsPerLabel ?? []).enumerated().filter { $0.offset != target }.reduce(0) {
                $0 + $1.element
            }
        }
        let fewest = perTarget.min() ?? 0
        let enough = fewest >= limit
        return GateRule(
            code: .probeSize, title: "Judging texts for the target label that has fewest", value: Double(fewest),
            interval: nil, limit: Double(limit), unit: .count, n: nil, state: enough ? .passed : .inconclusive,
            explanation: enough
                ? "Every target label is probed on enough texts."
                : "Too few texts to judge by: the rates would say little. Give a larger file of clean texts.",
            textsNeeded: enough ? nil : limit)
    }
}
