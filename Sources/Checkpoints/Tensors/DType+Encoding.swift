import Tensors

extension DType {
    /// Converts to stored little-endian elements of a floating-point type, rounded to nearest, ties to even.
    ///
    /// - Returns: `nil` when the type is not floating-point or a finite value would become infinite.
    func encode(_ values: UnsafeBufferPointer<Float>) -> [UInt8]? {
        switch self {
        case .f32: Self.convert(values) { $0.bitPattern }
        case .f64: Self.convert(values) { Double($0).bitPattern }
        case .f16: Self.convert(values) { Self.narrow($0, Float16($0).bitPattern, largest: 0x7C00) }
        case .bf16: Self.convert(values) { Self.narrow($0, Self.brainFloat($0), largest: 0x7F80) }
        default: nil
        }
    }

    private static func convert<Stored: FixedWidthInteger>(
        _ values: UnsafeBufferPointer<Float>, _ stored: (Float) -> Stored?
    ) -> [UInt8]? {
        let width = MemoryLayout<Stored>.size
        var fits = true
        let bytes = [UInt8](unsafeUninitializedCapacity: values.count * width) { buffer, count in
            let raw = UnsafeMutableRawBufferPointer(buffer)
            for index in values.indices {
                guard let bits = stored(values[index]) else {
                    fits = false
                    return
                }
                raw.storeBytes(of: bits.littleEndian, toByteOffset: index * width, as: Stored.self)
            }
            count = values.count * width
        }
        return fits ? bytes : nil
    }

    /// `bits`, unless they are infinite (`largest` without a fraction) and `value` is not.
    private static func narrow(_ value: Float, _ bits: UInt16, largest: UInt16) -> UInt16? {
        value.isFinite && bits & 0x7FFF == largest ? nil : bits
    }

    /// The upper half of a single, rounded; a NaN stays one.
    static func brainFloat(_ value: Float) -> UInt16 {
        let bits = value.bitPattern
        if value.isNaN { return UInt16(truncatingIfNeeded: bits >> 16) | 0x0040 }
        return UInt16(truncatingIfNeeded: (bits &+ 0x7FFF &+ (bits >> 16 & 1)) >> 16)
    }
}
