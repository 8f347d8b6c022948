/// Element types of stored tensors, by their safetensors names.
///
/// A type Assay does not read is not listed here: a checkpoint that holds one is "not audited".
public enum DType: String, Codable, Sendable, CaseIterable {
    case f64 = "F64"
    case f32 = "F32"
    case f16 = "F16"
    case bf16 = "BF16"
    /// One sign, four exponent and three fraction bits; no infinity (arXiv 2209.05433).
    case f8e4m3 = "F8_E4M3"
    /// One sign, five exponent and two fraction bits: the upper half of an F16.
    case f8e5m2 = "F8_E5M2"
    case i64 = "I64"
    case i32 = "I32"
    case i16 = "I16"
    case i8 = "I8"
    case u64 = "U64"
    case u32 = "U32"
    case u16 = "U16"
    case u8 = "U8"
    case bool = "BOOL"

    /// Bytes of one element.
    public var byteWidth: Int {
        switch self {
        case .f64, .i64, .u64: 8
        case .f32, .i32, .u32: 4
        case .f16, .bf16, .i16, .u16: 2
        case .f8e4m3, .f8e5m2, .i8, .u8, .bool: 1
        }
    }

    /// Whether elements are real numbers, and so weights that can be compared and mixed.
    public var isFloatingPoint: Bool {
        switch self {
        case .f64, .f32, .f16, .bf16, .f8e4m3, .f8e5m2: true
        default: false
        }
    }
}
