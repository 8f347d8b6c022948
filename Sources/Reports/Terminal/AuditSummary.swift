public import Findings

/// What `assay audit` prints when it is done: the verdict, the gate and the numbers behind it.
public enum AuditSummary {
    /// A few lines of plain text; every raw name is escaped.
    public static func text(_ result: AuditResult) -> String {
        var lines = ["\(Wording.badge(result.verdict)): \(TerminalText.escape(Wording.sentence(result)))"]
        if let verdict = result.purifiedVerdict {
            lines.append(TerminalText.escape(Wording.purifiedSentence(verdict, result)))
        }
        lines.append("")
        lines += gate(result.gate.rules)
        return lines.joined(separator: "\n") + "\n"
    }

    /// The last line on stderr: "verdict=failed purified_verdict=passed exit=1"; what is no audit says so.
    public static func statusLine(_ result: AuditResult) -> String {
        let kind = result.kind == .audit ? "" : " kind=\(result.kind.rawValue)"
        let purified = result.purifiedVerdict.map { " purified_verdict=\($0.rawValue)" } ?? ""
        return "verdict=\(result.verdict.rawValue)\(purified)\(kind) exit=\(result.exitStatus.rawValue)"
    }

    private static func gate(_ rules: [GateRule]) -> [String] {
        TerminalTable(
            heads: ["rule", "state", "value", "interval", "limit", "n", "what"],
            alignments: [.left, .left, .right, .right, .right, .right, .left],
            rows: rules.map { rule in
                [
                    rule.code.rawValue,
                    Wording.badge(rule.state) + (rule.accepted.map { ", \(Wording.name($0))" } ?? ""),
                    NumberText.value(rule.value, unit: rule.unit),
                    NumberText.interval(rule.interval, unit: rule.unit), NumberText.limits(rule),
                    rule.n.map(NumberText.grouped) ?? NumberText.none,
                    TerminalText.escape(rule.title, limit: 80)
                        + (rule.subject.map { ": " + TerminalText.escape($0, limit: 50) } ?? ""),
                ]
            }
        ).lines
    }
}
