import Audit
import Findings

/// The two tables of a task.
struct TaskTables {
    let results: TaskResults

    /// Attacks in groups of rows, remedies in columns.
    var attacks: PageTable {
        let titles = results.treatments.map { $0?.title ?? "before" }
        let rows = results.config.attacks.map(\.title).flatMap { attack in
            let metrics = Metric.allCases.enumerated().map { index, metric in
                [index == 0 ? attack : "", metric.rawValue]
                    + results.treatments.map { rate(metric, attack, $0) }
            }
            return metrics + [["", "ρ"] + results.treatments.map { ratio(attack, $0) }]
        }
        return PageTable(header: ["attack", ""] + titles, rows: rows, names: 2)
    }

    /// Each remedy's mean over the attacks; nil where no attack is finished with every remedy.
    var means: PageTable? {
        let means = results.means
        guard let before = means.first else { return nil }
        return PageTable(
            header: ["remedy", "ACC", "ACC lost", "ASR", "floor", "ASR − floor"],
            rows: means.map { mean in
                [
                    mean.treatment?.title ?? "before", mean.accuracy.text,
                    PercentText.of(before.accuracy.mean - mean.accuracy.mean), mean.attackSuccess.text,
                    mean.floor.text, PercentText.of(mean.attackSuccess.mean - mean.floor.mean),
                ]
            }, names: 1)
    }

    /// Mean and spread over seeds, or one seed's rate with its interval.
    private func rate(_ metric: Metric, _ attack: String, _ treatment: TreatmentChoice?) -> String {
        let rates = results.finished(attack, treatment).compactMap(\.measured).map(metric.rate)
        guard let spread = Spread(rates.map(\.value)), let first = rates.first else {
            return results.failed(attack, treatment) ? "failed" : "–"
        }
        let (found, all) = (rates.count, results.config.seeds.count)
        if found == 1, all == 1 {
            return "\(spread.text) (\(PercentText.of(first.interval.lower))–\(PercentText.of(first.interval.upper)))"
        }
        return spread.text + (found < all ? " (\(found) of \(all) seeds)" : "")
    }

    /// The ratio that was applied, by seed where seeds differ; a star where none kept the accuracy.
    private func ratio(_ attack: String, _ treatment: TreatmentChoice?) -> String {
        guard treatment != nil, treatment?.method != .fineTuning else { return "" }
        let ratios = results.finished(attack, treatment).compactMap(\.purified)
            .map { "\($0.rho)" + ($0.choice == .noneQualified ? "*" : "") }
        if ratios.isEmpty { return "–" }
        return Set(ratios).count == 1 ? ratios[0] : ratios.joined(separator: ", ")
    }
}
