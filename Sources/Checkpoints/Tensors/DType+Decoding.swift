import Tensors

extension DType {
    /// Converts stored little-endian elements, which need not be aligned, to `Float`.
    ///
    /// - Parameters:
    ///   - bytes: a whole number of elements.
    ///   - values: room for as many.
    func decode(_ bytes: UnsafeRawBufferPointer, into values: UnsafeMutableBufferPointer<Float>) {
        switch self {
        case .f32: Self.convert(bytes, values) { (bits: UInt32) in Float(bitPattern: bits) }
        case .f16: Self.convert(bytes, values, Self.float(fromHalf:))
        case .bf16: Self.convert(bytes, values) { (bits: UInt16) in Float(bitPattern: UInt32(bits) << 16) }
        case .f8e4m3: Self.convert(bytes, values, Self.float(fromE4M3:))
        case .f8e5m2: Self.convert(bytes, values) { (bits: UInt8) in Self.float(fromHalf: UInt16(bits) << 8) }
        case .f64: Self.convert(bytes, values) { (bits: UInt64) in Float(Double(bitPattern: bits)) }
        case .i64: Self.convert(bytes, values) { (value: Int64) in Float(value) }
        case .i32: Self.convert(bytes, values) { (value: Int32) in Float(value) }
        case .i16: Self.convert(bytes, values) { (value: Int16) in Float(value) }
        case .i8: Self.convert(bytes, values) { (value: Int8) in Float(value) }
        case .u64: Self.convert(bytes, values) { (value: UInt64) in Float(value) }
        case .u32: Self.convert(bytes, values) { (value: UInt32) in Float(value) }
        case .u16: Self.convert(bytes, values) { (value: UInt16) in Float(value) }
        case .u8: Self.convert(bytes, values) { (value: UInt8) in Float(value) }
        case .bool: Self.convert(bytes, values) { (value: UInt8) in value == 0 ? 0 : 1 }
        }
    }

    @inline(__always)
    private static func convert<Stored: FixedWidthInteger & BitwiseCopyable>(
        _ bytes: UnsafeRawBufferPointer, _ values: UnsafeMutableBufferPointer<Float>, _ float: (Stored) -> Float
    ) {
        let width = MemoryLayout<Stored>.size
        let count = min(bytes.count / width, values.count)
        for index in 0..<count {
            values[index] = float(
                Stored(littleEndian: bytes.loadUnaligned(fromByteOffset: index &* width, as: Stored.self)))
        }
    }

    /// IEEE half to single precision in integer and single-precision steps, which the compiler vectorises.
    ///
    /// Exponent and fraction moved into place are too small by 2¹¹², subnormals included; infinity and NaN keep their
    /// fraction under the largest exponent.
    static func float(fromHalf bits: UInt16) -> Float {
        let sign = UInt32(bits & 0x8000) << 16
        let magnitude = UInt32(bits & 0x7FFF) << 13
        let finite = (Float(bitPattern: magnitude) * 0x1p112).bitPattern
        let special = magnitude | 0x7F80_0000
        return Float(bitPattern: sign | (bits & 0x7C00 == 0x7C00 ? special : finite))
    }
    /// Exponent and fraction moved into place are too small by 2¹²⁰, subnormals included; all ones are NaN.
    static func float(fromE4M3 bits: UInt8) -> Float {
        let magnitude = bits & 0x7F
        if magnitude == 0x7F { return .nan }
        let value = Float(bitPattern: UInt32(magnitude) << 20) * 0x1p120
        return bits & 0x80 == 0 ? value : -value
    }
}
