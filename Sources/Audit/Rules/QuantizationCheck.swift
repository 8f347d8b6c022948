import Findings

/// Weights that are quantized when they are loaded are not those that were read.
struct QuantizationCheck: GateCheck {
    func evaluate(_ input: GateInput) -> GateRule? {
        GateRule(
            .quantization, title: "Entries that make a loader quantize the weights",
            found: input.concerns.quantization)
    }
}
