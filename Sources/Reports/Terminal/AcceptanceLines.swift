public import Findings

/// What does not count in a gate and why, as lines for stderr; every raw text is escaped.
public enum AcceptanceLines {
    public static func all(_ result: AuditResult) -> [String] {
        result.suppressions.map(line) + (result.baseline.map(lines) ?? [])
    }

    private static func line(_ suppression: Suppression) -> String {
        let rule = suppression.rule.rawValue
        let day = TerminalText.escape(suppression.expires, limit: 10)
        switch suppression.state {
        case .applied:
            return "suppressed: \(rule) until \(day): \(TerminalText.escape(suppression.justification, limit: 200))"
        case .expired:
            return "warning: the suppression of \(rule) expired on \(day) and has no effect; fix it or renew it"
        case .unused: return "note: the suppression of \(rule) is not needed; nothing of this rule failed"
        case .otherModel:
            return "note: the suppression of \(rule) is for another model, "
                + "\(TerminalText.escape(suppression.sha256, limit: 12)), and has no effect"
        }
    }

    private static func lines(_ baseline: BaselineComparison) -> [String] {
        let counts = BaselineComparison.Status.allCases.map { "\(baseline.count($0)) \($0.rawValue)" }
        let head = "baseline \(TerminalText.escape(baseline.file.name, limit: 80)): \(counts.joined(separator: ", "))"
        let fresh = baseline.entries.filter { $0.status == .new || $0.status == .worse }
        return [head]
            + fresh.map { entry in
                let subject = entry.subject.map { " " + TerminalText.escape($0, limit: 60) } ?? ""
                return "\(entry.status.rawValue) since the baseline: \(entry.code.rawValue)\(subject)"
            }
    }
}
