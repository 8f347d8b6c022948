import Tensors

/// How a GGUF file stores the elements of a tensor: in blocks that each lie within a row.
///
/// Names and sizes are those of the `gguf` package, version 0.19.
struct GGUFType: Sendable, Hashable {
    /// Number in the file.
    let code: UInt32
    /// Name in the format.
    let name: String
    /// Elements of one block.
    let elements: Int
    /// Bytes of one block.
    let bytes: Int

    private init(_ code: UInt32, _ name: String, _ elements: Int, _ bytes: Int) {
        (self.code, self.name, self.elements, self.bytes) = (code, name, elements, bytes)
    }

    /// The type with this number; `nil` if there is none.
    init?(code: UInt32) {
        guard let type = Self.byCode[code] else { return nil }
        self = type
    }

    private static let byCode = Dictionary(all.map { ($0.code, $0) }, uniquingKeysWith: { first, _ in first })

    /// Every type whose size is known, sorted by number.
    static let all: [GGUFType] = [
        GGUFType(0, "F32", 1, 4), GGUFType(1, "F16", 1, 2), GGUFType(2, "Q4_0", 32, 18), GGUFType(3, "Q4_1", 32, 20),
        GGUFType(6, "Q5_0", 32, 22), GGUFType(7, "Q5_1", 32, 24), GGUFType(8, "Q8_0", 32, 34),
        GGUFType(9, "Q8_1", 32, 40), GGUFType(10, "Q2_K", 256, 84), GGUFType(11, "Q3_K", 256, 110),
        GGUFType(12, "Q4_K", 256, 144), GGUFType(13, "Q5_K", 256, 176), GGUFType(14, "Q6_K", 256, 210),
        GGUFType(15, "Q8_K", 256, 292), GGUFType(16, "IQ2_XXS", 256, 66), GGUFType(17, "IQ2_XS", 256, 74),
        GGUFType(18, "IQ3_XXS", 256, 98), GGUFType(19, "IQ1_S", 256, 50), GGUFType(20, "IQ4_NL", 32, 18),
        GGUFType(21, "IQ3_S", 256, 110), GGUFType(22, "IQ2_S", 256, 82), GGUFType(23, "IQ4_XS", 256, 136),
        GGUFType(24, "I8", 1, 1), GGUFType(25, "I16", 1, 2), GGUFType(26, "I32", 1, 4), GGUFType(27, "I64", 1, 8),
        GGUFType(28, "F64", 1, 8), GGUFType(29, "IQ1_M", 256, 56), GGUFType(30, "BF16", 1, 2),
        GGUFType(34, "TQ1_0", 256, 54), GGUFType(35, "TQ2_0", 256, 66), GGUFType(39, "MXFP4", 32, 17),
        GGUFType(40, "NVFP4", 64, 36), GGUFType(41, "Q1_0", 128, 18),
    ]

    /// How elements are read.
    enum Reading: Equatable {
        /// As they lie in the file.
        case stored(DType)
        /// Computed from blocks.
        case blocks(BlockFormat)
        /// Not at all.
        case unsupported
    }

    /// How elements of this type are read.
    var reading: Reading {
        switch name {
        case "F32": .stored(.f32)
        case "F16": .stored(.f16)
        case "BF16": .stored(.bf16)
        default: BlockFormat(rawValue: name).map { .blocks($0) } ?? .unsupported
        }
    }
}
