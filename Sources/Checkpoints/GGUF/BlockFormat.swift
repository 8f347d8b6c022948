import Tensors

/// A quantised format: blocks of small integers with their scales, from which elements are computed.
///
/// Each formula rounds as the `gguf` package does (gguf-py, quants.py), so that elements are equal to the last bit.
enum BlockFormat: String, Sendable, CaseIterable {
    case q4zero = "Q4_0"
    case q4one = "Q4_1"
    case q5zero = "Q5_0"
    case q5one = "Q5_1"
    case q8zero = "Q8_0"
    case q4k = "Q4_K"
    case q5k = "Q5_K"
    case q6k = "Q6_K"

    /// Elements of one block.
    var elements: Int {
        switch self {
        case .q4k, .q5k, .q6k: 256
        default: 32
        }
    }

    /// Bytes of one block.
    var bytes: Int {
        switch self {
        case .q4zero: 18
        case .q4one: 20
        case .q5zero: 22
        case .q5one: 24
        case .q8zero: 34
        case .q4k: 144
        case .q5k: 176
        case .q6k: 210
        }
    }

    /// Consecutive elements that share one distance between the numbers they can be.
    var group: Int { self == .q6k ? 16 : 32 }

    /// Computes the elements of one block.
    ///
    /// - Parameters:
    ///   - block: ``bytes`` bytes.
    ///   - values: room for ``elements`` numbers.
    func decode(_ block: UnsafeRawBufferPointer, into values: UnsafeMutableBufferPointer<Float>) {
        switch self {
        case .q4zero: Self.nibbles(block, at: 2, into: values) { Self.half(block, 0) * Float(Int($0) - 8) }
        case .q4one:
            let (scale, least) = (Self.half(block, 0), Self.half(block, 2))
            Self.nibbles(block, at: 4, into: values) { scale * Float($0) + least }
        case .q5zero:
            let scale = Self.half(block, 0)
            Self.fiveBits(block, high: 2, low: 6, into: values) { scale * Float(Int($0) - 16) }
        case .q5one:
            let (scale, least) = (Self.half(block, 0), Self.half(block, 2))
            Self.fiveBits(block, high: 4, low: 8, into: values) { scale * Float($0) + least }
        case .q8zero:
            let scale = Self.half(block, 0)
            for index in 0..<32 { values[index] = Float(Int8(bitPattern: block[2 + index])) * scale }
        case .q4k, .q5k: decodeScaled(block, into: values)
        case .q6k: Self.decodeSixBits(block, into: values)
        }
    }

    /// Distances between neighbouring numbers that elements of a block can be, one for each ``group``.
    ///
    /// - Parameter steps: room for ``elements`` / ``group`` numbers, none negative.
    func steps(_ block: UnsafeRawBufferPointer, into steps: UnsafeMutableBufferPointer<Float>) {
        switch self {
        case .q4k, .q5k:
            let scale = Self.half(block, 0)
            for index in 0..<8 { steps[index] = abs(scale * Float(Self.sixBitPair(block, index).scale)) }
        case .q6k:
            let scale = Self.half(block, 208)
            for index in 0..<16 { steps[index] = abs(scale * Float(Int8(bitPattern: block[192 + index]))) }
        default: steps[0] = abs(Self.half(block, 0))
        }
    }

    /// The half-precision number at byte `offset`.
    private static func half(_ block: UnsafeRawBufferPointer, _ offset: Int) -> Float {
        DType.float(fromHalf: UInt16(block[offset]) | UInt16(block[offset + 1]) << 8)
    }

    /// Elements of four bits: the low halves of 16 bytes, then the high ones.
    @inline(__always)
    private static func nibbles(
        _ block: UnsafeRawBufferPointer, at start: Int, into values: UnsafeMutableBufferPointer<Float>,
        _ element: (UInt8) -> Float
    ) {
        for index in 0..<16 {
            let byte = block[start + index]
            values[index] = element(byte & 15)
            values[index + 16] = element(byte >> 4)
        }
    }

    /// Elements of five bits: as of four, and the fifth bits together in four bytes.
    @inline(__always)
    private static func fiveBits(
        _ block: UnsafeRawBufferPointer, high: Int, low: Int, into values: UnsafeMutableBufferPointer<Float>,
        _ element: (UInt8) -> Float
    ) {
        for index in 0..<16 {
            let byte = block[low + index]
            let first = block[high + index / 8] >> UInt8(index % 8) & 1
            let second = block[high + 2 + index / 8] >> UInt8(index % 8) & 1
            values[index] = element(byte & 15 | first << 4)
            values[index + 16] = element(byte >> 4 | second << 4)
        }
    }
}

/// The formats with a scale of scales: 256 elements a block.
extension BlockFormat {
    /// Q4_K and Q5_K: eight groups, each with a scale and a minimum of six bits.
    private func decodeScaled(_ block: UnsafeRawBufferPointer, into values: UnsafeMutableBufferPointer<Float>) {
        let (scale, least) = (Self.half(block, 0), Self.half(block, 2))
        let low = self == .q4k ? 16 : 48
        for group in 0..<8 {
            let pair = Self.sixBitPair(block, group)
            let (step, minimum) = (scale * Float(pair.scale), least * Float(pair.minimum))
            for index in 0..<32 {
                let byte = block[low + group / 2 * 32 + index]
                var quant = group % 2 == 0 ? byte & 15 : byte >> 4
                if self == .q5k { quant |= (block[16 + index] >> UInt8(group) & 1) << 4 }
                values[group * 32 + index] = step * Float(quant) - minimum
            }
        }
    }

    /// Scale and minimum of one of eight groups, packed into the twelve bytes from byte 4 on.
    private static func sixBitPair(
        _ block: UnsafeRawBufferPointer, _ group: Int
    ) -> (scale: UInt8, minimum: UInt8) {
        if group < 4 { return (block[4 + group] & 63, block[8 + group] & 63) }
        let both = block[8 + group]
        return (both & 15 | block[group] >> 2 & 48, both >> 4 | block[4 + group] >> 2 & 48)
    }

    /// Q6_K: sixteen groups, each with a scale of eight bits; four and two bits of an element lie apart.
    private static func decodeSixBits(
        _ block: UnsafeRawBufferPointer, into values: UnsafeMutableBufferPointer<Float>
    ) {
        let scale = half(block, 208)
        for part in 0..<8 {
            let (side, quarter) = (part / 4, part % 4)
            for index in 0..<32 {
                let byte = block[side * 64 + quarter % 2 * 32 + index]
                let low = quarter < 2 ? byte & 15 : byte >> 4
                let high = block[128 + side * 32 + index] >> UInt8(2 * quarter) & 3
                let step = scale * Float(Int8(bitPattern: block[192 + part * 2 + index / 16]))
                values[part * 32 + index] = step * Float(Int(low | high << 4) - 32)
            }
        }
    }
}
