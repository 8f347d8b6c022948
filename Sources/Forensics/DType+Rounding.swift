import Tensors

extension DType {
    /// Half of the relative distance between neighbouring numbers, as far as elements are read as F32.
    var roundoff: Double {
        switch self {
        case .f16: 0x1p-11
        case .bf16: 0x1p-8
        case .f8e4m3: 0x1p-4
        case .f8e5m2: 0x1p-3
        default: 0x1p-24
        }
    }

    /// Whether every number of `other`, read as F32, is one of this type.
    func holds(_ other: DType) -> Bool {
        switch (self, other) {
        case (.f16, .f32), (.f16, .f64), (.f16, .bf16), (.bf16, .f32), (.bf16, .f64), (.bf16, .f16): false
        case (.f8e4m3, _), (.f8e5m2, _): self == other
        default: true
        }
    }

    /// Rounds to the nearest number of this type, ties to even; what is beyond its range, or not finite, stays.
    func round(_ values: UnsafeMutableBufferPointer<Float>) {
        switch self {
        case .bf16:
            for index in values.indices {
                let bits = values[index].bitPattern
                let rounded = Float(bitPattern: (bits &+ 0x7FFF &+ (bits >> 16 & 1)) & 0xFFFF_0000)
                if rounded.isFinite, values[index].isFinite { values[index] = rounded }
            }
        case .f16:
            for index in values.indices {
                let rounded = Float(Float16(values[index]))
                if rounded.isFinite { values[index] = rounded }
            }
        case .f8e4m3: Self.round(values, fractionBits: 3, leastExponent: -6, largest: 448)
        case .f8e5m2: Self.round(values, fractionBits: 2, leastExponent: -14, largest: 57344)
        default: break
        }
    }

    /// The rounding of any format by its numbers.
    private static func round(
        _ values: UnsafeMutableBufferPointer<Float>, fractionBits: Int, leastExponent: Int, largest: Float
    ) {
        for index in values.indices where values[index].isFinite && values[index] != 0 {
            let exponent = max(Int(values[index].exponent), leastExponent) - fractionBits
            let unit = Float(sign: .plus, exponent: exponent, significand: 1)
            let rounded = (values[index] / unit).rounded(.toNearestOrEven) * unit
            if abs(rounded) <= largest { values[index] = rounded }
        }
    }
}
