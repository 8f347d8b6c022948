import Findings

@testable import Reports

/// What every format has to say alike, as a reader of it finds it there.
struct StatedTruth: Equatable {
    var verdict: Verdict?
    var exit: Int32?
    var gate: [Row]
    var purifiedGate: [Row]
    /// Codes of the findings, each once, in order.
    var codes: [String]

    /// One gate rule, its numbers as people read them.
    struct Row: Equatable {
        var code: String
        var state: GateRule.State?
        /// Value, interval, limit and n.
        var numbers: [String]

        init(code: String, state: GateRule.State?, numbers: [String]) {
            self.code = code
            self.state = state
            self.numbers = numbers
        }

        init(_ rule: GateRule) {
            self.init(
                code: rule.code.rawValue, state: rule.state,
                numbers: [
                    NumberText.value(rule.value, unit: rule.unit), NumberText.interval(rule.interval, unit: rule.unit),
                    NumberText.limits(rule), rule.n.map(NumberText.grouped) ?? NumberText.none,
                ])
        }
    }

    init(verdict: Verdict?, exit: Int32?, gate: [Row], purifiedGate: [Row], codes: some Sequence<String>) {
        self.verdict = verdict
        self.exit = exit
        self.gate = gate
        self.purifiedGate = purifiedGate
        self.codes = Set(codes).sorted()
    }

    init(_ result: AuditResult) {
        self.init(
            verdict: result.verdict, exit: result.exitStatus.rawValue, gate: result.gate.rules.map(Row.init),
            purifiedGate: result.gate.purifiedRules.map(Row.init), codes: result.findings.map(\.code.rawValue))
    }
}
