import Findings

extension FindingsList {
    /// Everything by which another model may run than was audited, where the gate names the first of each kind.
    static func loading(_ concerns: LoadingConcerns) -> [Finding] {
        [
            (RuleCode.quantization, concerns.quantization, "entry", "Entries of config.json that quantize the weights"),
            (.otherWeights, concerns.otherWeights, "file", "Files that can be loaded in place of the weights"),
            (.weightRange, concerns.range, "tensor", "Numbers or types that the reference computes otherwise with"),
            (.labelNames, concerns.labels, "label", "Label names that can be read in two ways"),
            (.textCutting, concerns.sides + concerns.length, "setting", "Settings by which texts are cut or padded"),
        ].compactMap { code, found, label, what in
            found.isEmpty
                ? nil
                : Finding(
                    code: code, severity: .medium, message: "\(what): \(found.count).",
                    evidence: found.prefix(200).map { Evidence(label: label, value: $0.subject) })
        }
    }
}
