import Findings

extension AuditResult {
    /// The gate's rules on the model that the exit code speaks of.
    var gatedRules: [GateRule] {
        switch gate.subject {
        case .suspect: gate.rules
        case .purified: gate.purifiedRules
        }
    }
}
