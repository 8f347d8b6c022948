import Evidence
import Findings
import Statistics

/// What models do to the texts as they are: accuracy, and what the remedy costs.
struct CleanRates {
    let table: TrialTable

    /// Clean accuracy of a model; nil where it was not asked.
    ///
    /// - Parameter logLoss: by carrier, in nats.
    func accuracy(_ model: TrialTable.Model, logLoss: [Double]) -> Accuracy? {
        guard let right = right(model) else { return nil }
        let all = Array(right.indices)
        return Accuracy(
            overall: rate(right),
            perClass: (0..<table.targets).map { label in
                rate(all.filter { table.carriers[$0].truth == label }.map { right[$0] })
            },
            logLoss: mean(logLoss))
    }

    /// What the remedy costs: accuracy overall and by class, and rises of the floors; none where a model was not asked.
    ///
    /// Lower bounds hold for all of them at once, upper bounds each by itself.
    func remedyCosts(before: TrialTable.Model, after: TrialTable.Model) -> [RemedyCost] {
        guard let rightBefore = right(before), let rightAfter = right(after) else { return [] }
        let labels = Array(0..<table.targets)
        let levels = BoundLevels(comparisons: 1 + 2 * labels.count)
        func cost(_ measure: RemedyCost.Measure, _ label: Int?, _ worse: [Double], _ better: [Double]) -> RemedyCost {
            let counts = PairedCounts(first: worse, second: better)
            return RemedyCost(
                measure: measure, label: label, difference: difference(counts, levels), n: worse.count,
                worse: Int(counts.firstOnly), better: Int(counts.secondOnly), both: Int(counts.both))
        }
        let all = Array(table.carriers.indices)
        return [cost(.accuracy, nil, rightBefore, rightAfter)]
            + labels.map { label in
                let own = all.filter { table.carriers[$0].truth == label }
                return cost(.classAccuracy, label, own.map { rightBefore[$0] }, own.map { rightAfter[$0] })
            }
            + labels.map { label in
                let others = all.filter { table.carriers[$0].truth != label }
                return cost(
                    .floor, label, table.hits(after, .plain, label, others),
                    table.hits(before, .plain, label, others))
            }
    }

    /// By carrier, 1 where a model shows its true label.
    private func right(_ model: TrialTable.Model) -> [Double]? {
        table.answers(model, .plain).map { answers in
            answers.indices.map { answers[$0] == table.carriers[$0].truth ? 1 : 0 }
        }
    }
}
