import Findings

/// Of several sets of weights only one was read.
struct OtherWeightsCheck: GateCheck {
    func evaluate(_ input: GateInput) -> GateRule? {
        // A purified model is written to a folder of its own.
        guard input.subject == .suspect else { return nil }
        return GateRule(
            .otherWeights, title: "Other files of weights in the folder",
            found: input.concerns.otherWeights)
    }
}
