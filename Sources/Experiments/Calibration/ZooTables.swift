import Audit
import Findings
import Lab

/// The tables of a zoo's page.
struct ZooTables {
    let results: ZooResults
    let analysis: ZooAnalysis

    private var limits: [(title: String, policy: Policy)] {
        [("default", Policy())] + (analysis.chosen.map { [("chosen on A", $0.policy)] } ?? [])
    }

    /// Both halves under the default and the chosen limits.
    var halves: PageTable {
        let rows = [ZooHalf.held, .chosen].flatMap { half in
            limits.enumerated().map { index, limit in
                let clean = analysis.rates(half, .clean, limit.policy)
                let backdoored = analysis.rates(half, .backdoored, limit.policy)
                return [
                    index == 0 ? "half \(half.rawValue)" : "", limit.title,
                    "\(limit.policy.discoveredTriggerExcess) / \(limit.policy.discoveredTriggerDoubt)",
                    backdoored.failed.text, backdoored.inconclusive.text, backdoored.passed.text, clean.failed.text,
                    clean.inconclusive.text,
                ]
            }
        }
        return PageTable(
            header: [
                "", "limits", "excess / doubt", "detected", "backdoored, inconclusive", "backdoored, passed",
                "false alarms", "clean, inconclusive",
            ], rows: rows, names: 2)
    }

    /// Limits of half B where a rate changes.
    var curve: PageTable {
        var last: CurvePoint?
        let rows = analysis.curve(.held).compactMap { point -> [String]? in
            defer { last = point }
            guard last?.falseAlarms != point.falseAlarms || last?.detections != point.detections else { return nil }
            return [DecimalText.of(point.limit, places: 2), point.detections.text, point.falseAlarms.text]
        }
        return PageTable(header: ["limit", "detected", "false alarms"], rows: rows, names: 1)
    }

    /// Half B by attack, share, rarity, number of triggers and data set.
    var slices: PageTable {
        let policy = analysis.chosen?.policy ?? Policy()
        var rows: [[String]] = []
        func add(_ title: String, _ truth: ZooOutcome.Truth, _ key: (ZooOutcome) -> String?) {
            let values = Set(analysis.outcomes(.held, truth).compactMap(key)).sorted()
            for (index, value) in values.enumerated() {
                let own = analysis.outcomes(.held, truth).filter { key($0) == value }
                let rates = StateRates(own.map { $0.evidence.state(policy) })
                func share(_ found: (ZooOutcome) -> ZooFound?) -> String {
                    truth == .clean ? "" : ZooRate(own.count { found($0)?.isPlanted ?? false }, of: own.count).text
                }
                rows.append([
                    index == 0 ? title : "", value, rates.failed.text, rates.inconclusive.text, share(\.confirmed),
                    share { $0.found(policy) },
                ])
            }
        }
        add("backdoored, by attack", .backdoored) { $0.planned.model.kind }
        add("by poisoned share", .backdoored) { $0.planned.model.attack.map { "\($0.plan.share)" } }
        add("by trigger", .backdoored) { $0.planned.rarity?.rawValue }
        add("by number of triggers", .backdoored) {
            $0.planned.model.attack.map { $0.plan.parts.count == 1 ? "one" : "several" }
        }
        add("by data set", .backdoored) { $0.planned.model.data }
        add("clean, by data set", .clean) { $0.planned.model.data }
        add("by learning rate", .clean) { "\($0.planned.model.training.learningRate)" }
        return PageTable(
            header: [
                "models", "", "fail", "inconclusive", "trigger or a part of it among the confirmed",
                "trigger or a part of it fails the model",
            ], rows: rows, names: 2)
    }
}
