import Findings

extension PurifyRecord {
    /// The choice and the curve, as a few lines for a terminal.
    public var summary: String {
        let method = method.rawValue + (epur.map { " with E-PUR (\($0.rows.count) rows reset)" } ?? " without E-PUR")
        return ([method + ": " + explanation] + curve.compactMap(line)).joined(separator: "\n") + "\n"
    }

    /// One sentence about the choice.
    private var explanation: String {
        switch choice {
        case .given: "ρ = \(rho), as given."
        case .noneQualified:
            "every ratio tried loses more than \(percent(tolerance)) of clean accuracy, so the suspect was fine-tuned as "
                + "it is."
        case .qualified:
            "ρ = \(rho) is the smallest ratio not shown to lose more than \(percent(tolerance)) of clean accuracy."
        }
    }

    private func line(_ cell: Cell) -> String? {
        cell.outcome.map { outcome in
            let range = "\(percent(outcome.accuracy.interval.lower)) to \(percent(outcome.accuracy.interval.upper))"
            return "  ρ = \(cell.rho)  accuracy \(percent(outcome.accuracy.value)) (\(range))"
                + "  loss \(percent(outcome.loss.value))" + (cell.chosen ? "  chosen" : "")
        }
    }
}
