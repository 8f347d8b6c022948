import Findings

extension FindingsList {
    /// What the checks beside the rates say: support for a verdict, never one.
    static func fromSignals(_ signals: SignalSummary, labels: [String]) -> [Finding] {
        var findings: [Finding] = []
        let activations = signals.activations.filter(\.isNotable)
        if !activations.isEmpty {
            findings.append(
                Finding(
                    code: .activationOutlier, severity: .low,
                    message:
                        "\(activations.count) of \(signals.activations.count) confirmed triggers drive activations along "
                        + "the weights' change further than clean texts and random tokens do.",
                    evidence: activations.prefix(8).map {
                        Evidence(
                            label: "trigger", value: "\($0.trigger) (\(percent($0.share.value)) of \($0.share.n) texts)"
                        )
                    }))
        }
        let perturbations = signals.perturbations.filter(\.isNotable)
        if !perturbations.isEmpty {
            func name(_ label: Int) -> String { LabelName.of(label, in: labels) }
            findings.append(
                Finding(
                    code: .easyPerturbation, severity: .low,
                    message:
                        "\(perturbations.count) of \(signals.perturbations.count) pairs of labels are turned by less than "
                        + "half of the change that the reference model takes.",
                    evidence: perturbations.prefix(8).map {
                        Evidence(label: "labels", value: "\(name($0.source)) → \(name($0.target))")
                    }))
        }
        return findings
    }
}
