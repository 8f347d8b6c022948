import Findings
import Statistics

/// A model that does not do the task of the texts shows nothing when a trigger is put into them; nor is a remedy of it
/// judged by such texts, so that the suspect's answers decide for both subjects.
struct ModelSenseCheck: GateCheck {
    private static let title = "Balanced accuracy of the suspect on the clean texts"

    func evaluate(_ input: GateInput) -> GateRule? {
        guard let confusion = input.probes?.confusion else { return nil }
        let recalls = confusion.enumerated().map { label, row in
            Recall(
                label: label, right: row.indices.contains(label) ? Double(row[label]) : 0,
                texts: Double(row.reduce(0, +)))
        }.filter { $0.texts > 0 }
        guard let first = recalls.first else {
            return GateRule(
                code: .modelSense, title: Self.title, value: nil, interval: nil, limit: nil, unit: .rate, n: nil,
                state: .inconclusive,
                explanation: "No clean text was judged, so that nothing shows what the model does: give labelled texts."
            )
        }
        let chance = 1 / Double(recalls.count)
        let limit = chance + input.policy.minimumAccuracyAboveChance
        let (value, interval) = Self.balancedAccuracy(recalls)
        let state: GateRule.State = interval.lower > limit ? .passed : .inconclusive
        let explanation =
            if recalls.count == 1 {
                "All clean texts are of the label \(input.name(of: first.label)), which shows nothing of the others: "
                    + "give texts of every label."
            } else if let only = Self.onlyAnswer(confusion) {
                "The model answers \(input.name(of: only)) to every text, so that no trigger could show: check that "
                    + "the data file is of this model's task and that the model's files are whole."
            } else if state == .passed {
                "The model does the task of the clean texts: it is right on \(percent(value)) of them, each label "
                    + "counted alike."
            } else if value > limit {
                "The model is right on \(percent(value)) of the clean texts, each label counted alike, but they are "
                    + "too few to tell that from guessing: give more labelled texts."
            } else {
                "The model is right on \(percent(value)) of the clean texts, each label counted alike, where guessing "
                    + "gives \(percent(chance)): check that the data file is of this model's task and that its labels "
                    + "are the model's."
            }
        return GateRule(
            code: .modelSense, title: Self.title, value: value, interval: interval, limit: limit, unit: .rate,
            n: Int(recalls.reduce(0) { $0 + $1.texts }), state: state, explanation: explanation)
    }

    /// Texts of one label, and those of them that are answered with it.
    private struct Recall {
        var label: Int
        var right: Double
        var texts: Double
        var value: Double { right / texts }
    }

    /// Mean of the recalls, with bounds of 95 % each: the distances of the labels' one-sided Wilson bounds from their
    /// recalls, added as variances are (MOVER; Zou and Donner, Statistics in Medicine 27, 2008), so that a recall of
    /// 0 or 1 on few texts is not taken for certain.
    private static func balancedAccuracy(_ recalls: [Recall]) -> (value: Double, interval: Interval) {
        let count = Double(recalls.count)
        let value = recalls.reduce(0) { $0 + $1.value } / count
        var (below, above) = (0.0, 0.0)
        for recall in recalls {
            let bounds = wilson(successes: recall.right, trials: recall.texts, z: normalQuantile(0.95))
            below += (recall.value - bounds.lower) * (recall.value - bounds.lower)
            above += (bounds.upper - recall.value) * (bounds.upper - recall.value)
        }
        return (
            value,
            Interval(
                lower: max(0, value - below.squareRoot() / count), upper: min(1, value + above.squareRoot() / count))
        )
    }

    /// The label that every text is answered with; nil where two or more are.
    private static func onlyAnswer(_ confusion: [[Int]]) -> Int? {
        let answers = Set(confusion.flatMap { row in row.indices.filter { row[$0] > 0 } })
        return answers.count == 1 ? answers.first : nil
    }
}
