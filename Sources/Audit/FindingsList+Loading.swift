import Findings

extension FindingsList {
    /// Everything by which another model may run than was audited, where the gate names the first of each kind.
    static func loading(_ concerns: LoadingConcerns) -> [Finding] {
        let templates =
            concerns.templates.isEmpty
            ? []
            : [
                Finding(
                    code: .chatTemplate, severity: .high,
                    message: "Words that the chat template answers to: \(concerns.templates.count).",
                    evidence: concerns.templates.prefix(200).map { Evidence(label: "word", value: $0.subject) })
            ]
        return templates
            + [
                (
                    RuleCode.quantization, concerns.quantization, "entry",
                    "Entries of config.json that quantize the weights"
                ),
                (.otherWeights, concerns.otherWeights, "file", "Files that can be loaded in place of the weights"),
                (.weightRange, concerns.range, "tensor", "Numbers or types that the reference computes otherwise with"),
                (.labelNames, concerns.labels, "label", "Label names that can be read in two ways"),
                (
                    .textCutting, concerns.sides + concerns.length, "setting",
                    "Settings by which texts are cut or padded"
                ),
            ].compactMap { code, found, label, what in
                found.isEmpty
                    ? nil
                    : Finding(
                        code: code, severity: .medium, message: "\(what): \(found.count).",
                        evidence: found.prefix(200).map { Evidence(label: label, value: $0.subject) })
            }
    }
}
