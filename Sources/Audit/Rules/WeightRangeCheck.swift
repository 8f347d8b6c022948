import Findings

/// Numbers that overflow where the model runs are no sound ground for a verdict.
struct WeightRangeCheck: GateCheck {
    func evaluate(_ input: GateInput) -> GateRule? {
        GateRule(
            .weightRange, title: "Tensors with numbers beyond what the reference computes with",
            found: input.concerns.range)
    }
}
