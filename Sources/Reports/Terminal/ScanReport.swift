public import Findings

/// What `assay scan` prints: the gate, the files and what was found in them.
public struct ScanReport: Sendable {
    private let result: AuditResult

    /// A report of one scan.
    public init(_ result: AuditResult) { self.result = result }

    /// The whole report as plain text for a terminal; every raw name is escaped. `rows` bounds each table.
    public func text(rows: Int = 15) -> String {
        let model = result.suspect
        var lines = [
            "model    \(TerminalText.escape(model.name, limit: 80))  "
                + "\(TerminalText.escape(model.architecture, limit: 60)), "
                + "\(NumberText.grouped(model.parameterCount)) parameters in \(NumberText.grouped(model.tensorCount)) "
                + "tensors",
            "sha256   \(TerminalText.escape(model.sha256, limit: 64))", "",
        ]
        lines += files(rows)
        lines += ["", "Findings"] + FindingLines.list(result.findings, rows: rows)
        lines += ["", AuditSummary.text(result).trimmingSuffix { $0 == "\n" }, ""]
        lines += result.coverage.filter { $0.state != .examined }.map {
            "\(Wording.name($0.state)): \(TerminalText.escape($0.subject, limit: 60)): "
                + TerminalText.escape($0.detail, limit: 400)
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private func files(_ count: Int) -> [String] {
        TerminalTable(
            heads: ["file", "size", "sha256"], alignments: [.left, .right, .left],
            rows: result.suspect.files.prefix(count).map {
                [
                    TerminalText.escape($0.name, limit: 60), NumberText.bytes($0.size),
                    TerminalText.escape($0.sha256, limit: 64),
                ]
            }
        ).lines + TensorTables.more(result.suspect.files.count - count)
    }
}

extension String {
    fileprivate func trimmingSuffix(while predicate: (Character) -> Bool) -> String {
        var text = self[...]
        while let last = text.last, predicate(last) { text = text.dropLast() }
        return String(text)
    }
}
