@testable import Reports

/// Rows as a Markdown table, padded so that it can be read on a terminal too.
struct ResultsTable {
    private static let none = NumberText.none

    /// The rows of one table; empty without any.
    static func markdown(_ rows: [Row], _ table: Row.Table) -> String {
        let rows = rows.filter { $0.table == table }
        guard !rows.isEmpty else { return "" }
        return switch table {
        case .targets: text(header: targetHeader, rows.map(targetCells))
        case .limits: text(header: limitHeader, rows.map(limitCells))
        }
    }

    private static let targetHeader = [
        "Job", "Model", "Precision", "Threads", "Unit", "Assay", "Against", "Other", "Ratio", "Target", "Reached",
    ]

    private static func targetCells(_ row: Row) -> [String] {
        [
            row.job, row.model ?? none, row.precision ?? none, row.threads.map { "\($0)" } ?? none, row.unit.rawValue,
            sample(row.ours, row.unit), row.against ?? none, sample(row.peer, row.unit), ratio(row), target(row),
            row.reached.map { $0 ? "yes" : "**no**" } ?? none,
        ]
    }

    private static let limitHeader = ["Limit", "Model", "Precision", "Threads", "Unit", "Measured"]

    private static func limitCells(_ row: Row) -> [String] {
        [
            row.job, row.model ?? none, row.precision ?? none, row.threads.map { "\($0)" } ?? none, row.unit.rawValue,
            sample(row.ours, row.unit),
        ]
    }

    /// Median and, in parentheses, the extremes.
    static func sample(_ sample: Sample?, _ unit: Row.Unit) -> String {
        guard let sample else { return none }
        let median = value(sample.median, unit)
        guard sample.count > 1 else { return median }
        return "\(median) (\(value(sample.minimum, unit)) to \(value(sample.maximum, unit)))"
    }

    private static func value(_ value: Double, _ unit: Row.Unit) -> String {
        switch unit {
        case .tokensPerSecond, .megabytes, .gigaflops: NumberText.grouped(Int(value.rounded()))
        case .seconds: NumberText.significant(value)
        case .milliseconds, .gigabytesPerSecond: NumberText.fixed(value, 1)
        }
    }

    private static func ratio(_ row: Row) -> String {
        guard let ratio = row.ratio else { return none }
        func text(_ value: Double) -> String {
            row.isShare ? NumberText.percent(value) : NumberText.fixed(value, 2) + " ×"
        }
        guard ratio.minimum < ratio.maximum else { return text(ratio.value) }
        return "\(text(ratio.value)) (\(text(ratio.minimum)) to \(text(ratio.maximum)))"
    }

    private static func target(_ row: Row) -> String {
        guard let target = row.target else { return none }
        let bound =
            switch target.quantity {
            case .factor: NumberText.short(target.bound) + " ×"
            case .share: NumberText.short(target.bound * 100) + "%"
            case .value: NumberText.short(target.bound) + " " + row.unit.rawValue
            }
        return (target.isUpper ? "≤ " : "≥ ") + bound
    }

    private static func text(header: [String], _ rows: [[String]]) -> String {
        let widths = header.indices.map { column in ([header] + rows).map { $0[column].count }.max() ?? 0 }
        func line(_ cells: [String]) -> String {
            let padded = zip(cells, widths).map { $0 + String(repeating: " ", count: $1 - $0.count) }
            return "| " + padded.joined(separator: " | ") + " |\n"
        }
        let rule = "|" + widths.map { String(repeating: "-", count: $0 + 2) }.joined(separator: "|") + "|\n"
        return line(header) + rule + rows.map(line).joined()
    }
}
