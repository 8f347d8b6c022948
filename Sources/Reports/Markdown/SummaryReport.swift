import Findings

/// summary.md: verdict, gate and gravest findings, for a CI step's summary or a comment on a change.
///
/// GitHub shows at most 1,024 kB of it; tables and texts are cut far below that, whatever the result holds.
struct SummaryReport: ReportRendering {
    static let shownRules = 40
    static let shownFindings = 10

    func bytes(of input: ReportInput) -> [UInt8] {
        Array(Self.text(input.result).utf8)
    }

    private static func text(_ result: AuditResult) -> String {
        let name = CodeSpan(result.suspect.name).renderText
        var blocks = ["## \(Wording.badge(result.verdict)): \(name)", escaped(Wording.sentence(result), 600)]
        if let verdict = result.purifiedVerdict {
            blocks.append(escaped(Wording.purifiedSentence(verdict, result), 600))
        }
        blocks.append(escaped(Wording.exitNote(result), 200))
        blocks +=
            gate("Gate", result.gate.rules) + gate("The same rules on the purified model", result.gate.purifiedRules)
        blocks += findings(result.findings)
        let skipped = result.coverage.filter { $0.state == .skipped }.map(\.subject)
        if !skipped.isEmpty {
            blocks.append("Not examined: " + escaped(skipped.joined(separator: ", "), 400) + ".")
        }
        blocks.append(escaped("\(result.tool.name) \(result.tool.version)", 100))
        return blocks.joined(separator: "\n\n") + "\n"
    }

    private static func gate(_ title: String, _ rules: [GateRule]) -> [String] {
        guard !rules.isEmpty else { return [] }
        let rows = rules.prefix(shownRules).map { rule in
            let subject = rule.subject.map { ": " + CodeSpan($0, limit: 60).renderText } ?? ""
            return [
                "\(rule.code.rawValue) \(escaped(rule.title, 120))\(subject)", state(rule),
                NumberText.value(rule.value, unit: rule.unit), NumberText.interval(rule.interval, unit: rule.unit),
                NumberText.limits(rule), rule.n.map(NumberText.grouped) ?? NumberText.none,
            ]
        }
        let table = MarkdownTable(
            heads: ["Rule", "State", "Value", "Interval", "Limit", "n"], numbers: 2..., rows: Array(rows))
        return ["### \(title)", table.text] + more(rules.count - rows.count, "rules")
    }

    private static func state(_ rule: GateRule) -> String {
        Wording.badge(rule.state) + (rule.accepted.map { ", \(Wording.name($0))" } ?? "")
    }

    private static func findings(_ findings: [Finding]) -> [String] {
        guard !findings.isEmpty else { return ["### Findings", "There are no findings."] }
        let shown = FindingsView.grouped(findings).flatMap(\.self).prefix(shownFindings)
        let rows = shown.map { finding in
            let evidence = finding.evidence.prefix(3).map {
                "\(escaped($0.label, 40)) \(CodeSpan($0.value, limit: 60).renderText)"
            }
            return [
                Wording.name(finding.severity),
                "\(finding.code.rawValue) \(escaped(RulePage.page(for: finding.code).name, 120))",
                escaped(finding.message, 300) + (evidence.isEmpty ? "" : " (" + evidence.joined(separator: ", ") + ")"),
            ]
        }
        let table = MarkdownTable(heads: ["Severity", "Finding", "What"], numbers: 3..., rows: rows)
        return ["### Findings", table.text] + more(findings.count - shown.count, "findings")
    }

    private static func more(_ count: Int, _ what: String) -> [String] {
        count > 0 ? ["\(NumberText.grouped(count)) more \(what) are in the report."] : []
    }

    private static func escaped(_ raw: String, _ limit: Int) -> String {
        MarkdownText.escape(VisibleText.clipped(raw, to: limit))
    }
}
