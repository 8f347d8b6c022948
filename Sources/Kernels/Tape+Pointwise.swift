internal import CKernels
internal import Tensors

/// The activation functions that are computed exactly; any other name is an error, never a substitute.
public enum ActivationFunction: String, Sendable, CaseIterable {
    /// x·Φ(x), by erf.
    case gelu
    /// GELU's tanh approximation.
    case geluTanh
    case relu
    case silu
    case tanh

    /// The function that transformers calls `name` in `hidden_act`; nil when Assay does not have it.
    public init?(hiddenAct name: String) {
        switch name {
        case "gelu": self = .gelu
        case "gelu_new", "gelu_pytorch_tanh", "gelu_fast": self = .geluTanh
        case "relu": self = .relu
        case "silu", "swish": self = .silu
        case "tanh": self = .tanh
        default: return nil
        }
    }
}

extension Tape {
    /// f(x), element by element.
    public func activate(_ input: Activation, _ function: ActivationFunction) -> Activation {
        let output = make(rows: input.rows, columns: input.columns)
        let forward =
            switch function {
            case .gelu: loops.gelu_forward
            case .geluTanh: loops.gelu_tanh_forward
            case .relu: loops.relu_forward
            case .silu: loops.silu_forward
            case .tanh: loops.tanh_forward
            }
        forward?(input.value.pointer, output.value.pointer, input.count)
        record(ActivateBackward(input: input, function: function, output: output))
        return output
    }

    /// Each element dropped with a probability, the others scaled up to keep the mean; the input itself in inference.
    public func dropout(_ input: Activation, probability: Double) -> Activation {
        guard let mask = nextMask(input.count, probability: probability) else { return input }
        let output = make(rows: input.rows, columns: input.columns)
        loops.dropout(
            input.value.pointer, output.value.pointer, input.count, mask.key, mask.firstBlock, mask.threshold,
            mask.scale)
        record(DropoutBackward(input: input, mask: mask, output: output))
        return output
    }
}

private struct ActivateBackward: BackwardStep {
    let input: Activation
    let function: ActivationFunction
    let output: Activation

    func run(_ tape: Tape) {
        guard let upstream = output.gradient else { return }
        let backward =
            switch function {
            case .gelu: tape.loops.gelu_backward
            case .geluTanh: tape.loops.gelu_tanh_backward
            case .relu: tape.loops.relu_backward
            case .silu: tape.loops.silu_backward
            case .tanh: tape.loops.tanh_backward
            }
        let (gradient, fresh) = input.gradientForWriting()
        // The output is needed no more: where the gradient must be added to, it holds the product.
        let target = fresh ? gradient : output.value.pointer
        backward?(input.value.pointer, upstream.pointer, target, input.count)
        if !fresh { tape.loops.add(gradient, target, input.count) }
    }
}

private struct DropoutBackward: BackwardStep {
    let input: Activation
    let mask: DropoutMask
    let output: Activation

    func run(_ tape: Tape) {
        guard let upstream = output.gradient else { return }
        let (gradient, fresh) = input.gradientForWriting()
        let target = fresh ? gradient : output.value.pointer
        tape.loops.dropout(
            upstream.pointer, target, input.count, mask.key, mask.firstBlock, mask.threshold, mask.scale)
        if !fresh { tape.loops.add(gradient, target, input.count) }
    }
}
