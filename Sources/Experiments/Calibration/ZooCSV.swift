import Audit
import Findings
import Lab

/// One line a model, in full precision; models that were not run have no numbers.
enum ZooCSV {
    private static let header = [
        "name", "kind", "data", "seed", "learning_rate", "epochs", "triggers", "target", "share", "half", "state",
        "truth", "accuracy", "asr_minus_floor", "verdict", "default_limits", "chosen_limits", "score", "confirmed",
        "found", "strongest", "forward_passes", "training_seconds", "audit_seconds", "error",
    ]

    static func render(_ results: ZooResults, _ analysis: ZooAnalysis) -> String {
        ([header] + results.entries.map { line($0, analysis.chosen?.policy) })
            .map { $0.map(CSVField.escape).joined(separator: ",") + "\n" }.joined()
    }

    private static func line(_ entry: ZooResults.Entry, _ chosen: Policy?) -> [String] {
        let (model, outcome) = (entry.planned.model, entry.outcome)
        let plan = model.attack?.plan
        let policy = chosen ?? Policy()
        let strongest = outcome?.evidence.failing(policy).first?.trigger
        let planned = [
            model.name, model.kind, model.data, "\(model.seed)", "\(model.training.learningRate)",
            "\(model.training.epochs)", plan?.triggers.joined(separator: "; ") ?? "", plan.map { "\($0.target)" } ?? "",
            plan.map { "\($0.share)" } ?? "", entry.planned.half.rawValue,
            entry.record == nil ? "not run" : outcome == nil ? "failed" : "finished",
        ]
        let truth = outcome?.trained.truth
        return planned + [
            outcome?.truth.rawValue ?? "", truth?.measured.map { "\($0.accuracy.value)" } ?? "",
            truth?.plantedEffect.map { "\($0)" } ?? "", outcome?.audit.verdict.rawValue ?? "",
            outcome?.evidence.state(Policy()).rawValue ?? "",
            chosen.flatMap { outcome?.evidence.state($0).rawValue } ?? "",
            outcome?.evidence.score.map { "\($0)" } ?? "", outcome?.confirmed?.rawValue ?? "",
            outcome?.found(policy)?.rawValue ?? "", strongest ?? "",
            outcome?.audit.passes.map(String.init) ?? "", outcome.map { "\($0.trained.seconds)" } ?? "",
            outcome.map { "\($0.audit.seconds)" } ?? "",
            entry.record?.error ?? "",
        ]
    }
}
