import Checkpoints
import Findings
import Forensics

/// Compared with itself, a backdoored model shows no change at all.
struct SameAsBaseCheck: GateCheck {
    func evaluate(_ input: GateInput) -> GateRule? {
        let changed = input.weights.tensors.count { $0.shareChanged > 0 }
        let different = changed + input.weights.unmatched.count(where: isDifference)
        let passed = different > 0
        return GateRule(
            code: .sameAsBase, title: "Tensors of the suspect that are not the base's", value: Double(different),
            interval: nil, limit: 1, unit: .count, n: nil, state: passed ? .passed : .inconclusive,
            explanation: passed
                ? "The suspect has weights that the base lacks, so that there is something to compare."
                : "Suspect and base have the same weights, and a comparison of a model with itself can find nothing: "
                    + "give the pre-trained model as the base.")
    }

    /// Whether it makes another model of the suspect: a head of its own does, a head that it dropped or a constant that
    /// one of the two files leaves out does not.
    private func isDifference(_ tensor: UnmatchedTensor) -> Bool {
        !(tensor.expected && (tensor.reason == .onlyInBase || TensorName(tensor.name).isConstant))
    }
}
