internal import CKernels

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

    /// y = f(x) over so many floats.
    func forward(
        _ loops: assay_kernels
    ) -> (@convention(c) (UnsafePointer<Float>?, UnsafeMutablePointer<Float>?, Int) -> Void)? {
        switch self {
        case .gelu: loops.gelu_forward
        case .geluTanh: loops.gelu_tanh_forward
        case .relu: loops.relu_forward
        case .silu: loops.silu_forward
        case .tanh: loops.tanh_forward
        }
    }

    /// dx = dy · f'(x) over so many floats.
    func backward(
        _ loops: assay_kernels
    ) -> (@convention(c) (UnsafePointer<Float>?, UnsafePointer<Float>?, UnsafeMutablePointer<Float>?, Int) -> Void)? {
        switch self {
        case .gelu: loops.gelu_backward
        case .geluTanh: loops.gelu_tanh_backward
        case .relu: loops.relu_backward
        case .silu: loops.silu_backward
        case .tanh: loops.tanh_backward
        }
    }
}
