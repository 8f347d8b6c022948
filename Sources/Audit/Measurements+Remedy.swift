import Datasets
import Findings
import Probes
import Statistics

extension Measurements {
    /// What the remedy costs on the confirm texts: accuracy overall and by class, and rises of the floors.
    ///
    /// Lower bounds hold for all of them at once, upper bounds each by itself, as in ``z(_:)``.
    func remedyCosts(before: ProbePredictions, after: ProbePredictions) -> [RemedyCost] {
        let everyLabel = Array(0..<labels)
        let z = (lower: normalQuantile(1 - 0.05 / Double(1 + 2 * labels)), upper: normalQuantile(0.95))
        func right(_ predictions: ProbePredictions, _ members: [Int]) -> [Double] {
            members.map { predictions.plain[$0] == texts[$0].label ? 1 : 0 }
        }
        func cost(_ measure: RemedyCost.Measure, _ label: Int?, _ worse: [Double], _ better: [Double]) -> RemedyCost {
            let counts = PairedCounts(first: worse, second: better)
            return RemedyCost(
                measure: measure, label: label, difference: difference(counts, z), n: worse.count,
                worse: Int(counts.firstOnly), better: Int(counts.secondOnly), both: Int(counts.both))
        }
        let all = Array(texts.indices)
        let classes = everyLabel.map { label in all.filter { texts[$0].label == label } }
        return [cost(.accuracy, nil, right(before, all), right(after, all))]
            + everyLabel.map { cost(.classAccuracy, $0, right(before, classes[$0]), right(after, classes[$0])) }
            + everyLabel.map { label in
                let others = carriers(label)
                return cost(.floor, label, plainHits(after, label, others), plainHits(before, label, others))
            }
    }
}
