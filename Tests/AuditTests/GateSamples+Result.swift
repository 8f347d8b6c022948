import Findings

@testable import Audit

extension GateSample {
    static let digest = String(repeating: "0123456789abcdef", count: 4)

    /// The result of an audit whose rules saw this; without a purified model, and with a finding for each failure.
    static func result(_ input: GateInput) -> AuditResult {
        let rules = GateChecks.evaluate(input)
        let model = ModelSummary(
            name: "m", architecture: "bert", parameterCount: 1, tensorCount: 1, labels: input.labels, files: [],
            sha256: digest)
        let findings = rules.filter { $0.state == .failed }.map {
            Finding(code: $0.code, severity: .high, message: "It failed.", evidence: [])
        }
        return AuditResult(
            tool: Tool(name: "assay", version: "0"), verdict: Verdict(of: rules), purifiedVerdict: nil,
            gate: Gate(subject: .suspect, enforced: true, rules: rules, purifiedRules: []), suspect: model,
            base: model, data: nil,
            settings: .withoutRunning(command: "", frequencySource: "", policy: "default"), weights: input.weights,
            embeddings: nil, probes: input.probes, remedy: nil, findings: findings, coverage: [])
    }
}
