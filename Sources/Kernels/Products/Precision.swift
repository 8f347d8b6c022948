internal import COneDNN

/// The type of a matrix product's factors. Sums, norms, gradients and master weights are always f32.
public enum Precision: String, Sendable, CaseIterable, Codable {
    case f32
    /// Weights and activations are rounded to bf16 as they enter a product.
    case bf16

    /// Whether this processor multiplies in it; oneDNN's limits on instruction sets count.
    public var isAvailable: Bool {
        switch self {
        case .f32: true
        case .bf16: dnnl_get_effective_cpu_isa().rawValue & Self.bf16Set == Self.bf16Set
        }
    }

    private static var bf16Set: UInt32 { dnnl_cpu_isa_avx512_core_bf16.rawValue }
}
