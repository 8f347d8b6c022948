internal import Kernels
internal import Tensors

/// A linear map, under its checkpoint's names.
struct Linear: Sendable {
    let weight: Parameter
    let bias: Parameter?
    var storage = LinearStorage()

    /// f(x·Wᵀ + b).
    func callAsFunction(_ tape: Tape, _ x: Activation, activation: ActivationFunction? = nil) -> Activation {
        tape.linear(x, weight: weight, bias: bias, activation: activation, storage: storage)
    }

    /// The map to some of its outputs alone; for weights that are stored [out, in].
    func outputs(_ range: Range<Int>) -> Linear {
        Linear(weight: weight.slice(rows: range), bias: bias?.slice(rows: range))
    }
}

extension Linear {
    /// Declares `name.weight` and `name.bias`.
    init(
        declaring layout: inout ParameterLayout, _ name: String, from inputs: Int, to outputs: Int,
        hasBias: Bool = true
    ) {
        weight = layout.add(name + ".weight", [outputs, inputs], .normal)
        bias = hasBias ? layout.add(name + ".bias", [outputs], .zeros) : nil
    }

    /// Declares several maps of one input as neighbours, to be run as one product.
    init(
        declaring layout: inout ParameterLayout, _ parts: [(name: String, outputs: Int)], from inputs: Int,
        hasBias: Bool
    ) {
        weight = layout.addGroup(parts.map { ($0.name + ".weight", $0.outputs) }, columns: inputs, .normal)
        bias =
            hasBias ? layout.addGroup(parts.map { ($0.name + ".bias", $0.outputs) }, columns: nil, .zeros) : nil
    }
}
