internal import Kernels
internal import Tensors

/// A normalisation of each row, under its checkpoint's names.
struct Norm: Sendable {
    enum Kind: Sendable {
        /// Mean and variance.
        case layer
        /// Root mean square alone; has no bias.
        case rootMeanSquare
        /// Root mean square whose stored weight is what the factor exceeds 1 by.
        case rootMeanSquareAboveOne
    }

    let kind: Kind
    let weight: Parameter
    let bias: Parameter?
    let epsilon: Float

    func callAsFunction(_ tape: Tape, _ x: Activation) -> Activation {
        switch kind {
        case .layer: tape.layerNorm(x, weight: weight, bias: bias, epsilon: epsilon)
        case .rootMeanSquare, .rootMeanSquareAboveOne: self(tape, Columns(x, width: x.columns))
        }
    }

    /// The root-mean-square norm of each group of columns as long as the weight.
    func callAsFunction(_ tape: Tape, _ columns: Columns) -> Activation {
        tape.rmsNorm(columns, weight: weight, offset: kind == .rootMeanSquareAboveOne ? 1 : 0, epsilon: epsilon)
    }
}

extension Norm {
    /// Declares `name.weight`, and `name.bias` where it has one.
    init(
        declaring layout: inout ParameterLayout, _ name: String, _ kind: Kind = .layer, width: Int, epsilon: Float,
        hasBias: Bool = true
    ) {
        self.kind = kind
        self.epsilon = epsilon
        weight = layout.add(name + ".weight", [width], kind == .rootMeanSquareAboveOne ? .zeros : .ones)
        bias = hasBias && kind == .layer ? layout.add(name + ".bias", [width], .zeros) : nil
    }
}
