import Findings

extension RemedySummary {
    init(_ search: Purification.Search, _ session: ProbeSession, tolerance: Double) {
        let facts = session.remedyFacts
        let n = search.cells.first?.right.count ?? 0
        let chosen = search.cells.firstIndex { $0.rho == search.rho }.map { search.outcomes[$0] }
        let loss = chosen?.loss ?? search.outcomes.last?.loss
        let range = loss.map { " (95 % interval \(percent($0.interval.lower)) to \(percent($0.interval.upper)))" } ?? ""
        let grid = session.grid
        self.init(
            rho: search.rho, qualified: search.qualified, tolerance: tolerance,
            explanation: search.qualified
                ? "ρ = \(search.rho) is the smallest ratio whose estimated loss is at most \(percent(tolerance)), on \(n) "
                    + "cross-fitted texts; against the suspect as delivered it loses "
                    + "\(percent(loss?.value ?? 0))\(range)."
                : "Every ratio below 1 loses more than \(percent(tolerance)) on \(n) cross-fitted texts, so the "
                    + "suspect was fine-tuned as it is.",
            curve: grid.map { rho in
                let index = search.cells.firstIndex { $0.rho == rho }
                return RhoCell(
                    rho: rho, outcome: index.map { search.outcomes[$0] }, chosen: search.qualified && rho == search.rho)
            },
            keptFromSuspect: facts.kept, rowsReset: facts.rowsReset, tensorsMixed: facts.mixed, steps: facts.steps)
    }
}
