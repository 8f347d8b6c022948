import Findings

/// Findings as lines for a terminal, most severe first; every raw name is escaped.
enum FindingLines {
    static func list(_ findings: [Finding], rows count: Int) -> [String] {
        guard !findings.isEmpty else { return ["  none"] }
        let sorted = FindingsView.grouped(findings).flatMap(\.self)
        return sorted.prefix(count).map { finding in
            let evidence = finding.evidence.prefix(3).map {
                "\(TerminalText.escape($0.label, limit: 40)) \(TerminalText.escape($0.value, limit: 80))"
            }
            return "  \(finding.code.rawValue) \(Wording.name(finding.severity).lowercased()): "
                + TerminalText.escape(finding.message, limit: 300)
                + (evidence.isEmpty ? "" : " (\(evidence.joined(separator: "; ")))")
                + (finding.accepted.map { " [\(Wording.name($0))]" } ?? "")
        } + TensorTables.more(findings.count - count)
    }
}
