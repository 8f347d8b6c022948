import Audit
import Findings

/// One line a cell, in full precision; cells that were not run have no numbers.
enum ResultsCSV {
    private static let rates = Metric.allCases.flatMap { metric in
        ["", "_n", "_lower", "_upper"].map { metric.rawValue.lowercased() + $0 }
    }

    static func render(_ results: Results) -> String {
        let header =
            ["task", "attack", "seed", "remedy", "epur", "state"] + rates
            + [
                "rho", "choice", "steps", "clean_texts", "rows_reset", "seconds", "training_seconds", "reductions",
                "error",
            ]
        let lines = results.tasks.flatMap { task in
            task.plan.cells.map { line($0.id, task.records[$0.id], task.plan.setup.reductions) }
        }
        return ([header] + lines).map { $0.map(CSVField.escape).joined(separator: ",") + "\n" }.joined()
    }

    private static func line(_ id: CellID, _ record: CellRecord?, _ reductions: [String]) -> [String] {
        let numbers = Metric.allCases.flatMap { metric -> [String] in
            guard let rate = record?.measured.map(metric.rate) else { return ["", "", "", ""] }
            return ["\(rate.value)", "\(rate.n)", "\(rate.interval.lower)", "\(rate.interval.upper)"]
        }
        let purified = record?.purified
        return [
            id.task, id.attack, "\(id.seed)", id.treatment?.method.rawValue ?? "before",
            id.treatment.map { $0.epur ? "on" : "off" } ?? "",
            CellState(record).rawValue,
        ] + numbers + [
            purified.map { "\($0.rho)" } ?? "", purified?.choice.rawValue ?? "", purified.map { "\($0.steps)" } ?? "",
            purified.map { "\($0.texts)" } ?? "", purified.map { "\($0.rowsReset)" } ?? "",
            record.map { "\($0.seconds)" } ?? "", record?.suspect.map { "\($0.seconds)" } ?? "",
            (record?.reductions ?? reductions).joined(separator: "; "), record?.error ?? "",
        ]
    }
}

/// What has become of a cell.
enum CellState: String, Codable, Sendable {
    case finished
    case failed
    case notRun = "not run"

    init(_ record: CellRecord?) {
        self = record.map { $0.error == nil ? .finished : .failed } ?? .notRun
    }
}
