import Findings

extension Policy {
    /// The policy as a file with a comment on every limit, to be edited.
    public var yaml: String {
        var lines = [
            "# Policy of Assay's gate. A limit that is left out keeps the value that it has here.",
            "# Rates are fractions from 0 to 1. assay policy check FILE says whether a file can be used.",
        ]
        for limit in PolicyLimit.all {
            lines.append("")
            lines += Self.comment(limit.meaning)
            lines.append("\(limit.key): \(limit.text(self))")
        }
        lines += [
            "",
            "# Failures that a person accepts in writing: one rule, one model, until a day (UTC). All four parts are",
            "# required; sha256 is the model's digest as the report shows it. A rule that cannot be decided is never",
            "# accepted. For example:",
            "#   - rule: ASY220",
            "#     sha256: \(String(repeating: "0123456789abcdef", count: 4))",
            "#     justification: Two tokens were added on purpose; see the supplier's model card.",
            "#     expires: 2030-12-31",
            "suppressions: []",
        ]
        return lines.joined(separator: "\n") + "\n"
    }

    /// The limits in force and the state of each suppression on a day, a line each, raw.
    public func summary(on day: CalendarDay) -> [String] {
        let width = PolicyLimit.all.map(\.key.count).max() ?? 0
        let lines = PolicyLimit.all.map { limit in
            let value = limit.text(self)
            let isDefault = value == limit.text(Policy())
            let padding = String(repeating: " ", count: width + 2 - limit.key.count)
            return limit.key + padding + value + (isDefault ? "" : "  (default \(limit.text(Policy())))")
        }
        return lines
            + suppressions.map { entry in
                "suppression of \(entry.rule.rawValue) for model \(entry.sha256.prefix(12))…, "
                    + (entry.expires < day ? "expired on \(entry.expires)" : "until \(entry.expires)")
                    + ": \(entry.justification)"
            }
    }

    /// A sentence as comment lines of at most 110 characters.
    private static func comment(_ text: String) -> [String] {
        var lines: [String] = []
        for word in text.split(separator: " ") {
            if let last = lines.last, last.count + 1 + word.count <= 110 {
                lines[lines.count - 1] = last + " " + word
            } else {
                lines.append("# " + word)
            }
        }
        return lines
    }
}
