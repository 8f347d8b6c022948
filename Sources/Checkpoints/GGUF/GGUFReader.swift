/// Reads the values of a GGUF file's header in order, piece by piece and within the file.
struct GGUFReader {
    /// Name of the file, for errors.
    let file: String
    /// Bytes of the file.
    let size: Int
    /// Byte of the file that is read next.
    private(set) var position = 0
    /// Values of arrays read so far.
    private var values = 0

    private let fetch: (Range<Int>) throws(CheckpointError) -> [UInt8]
    private var piece: [UInt8] = []
    /// Byte of the file at which `piece` starts.
    private var pieceStart = 0

    /// Most bytes that metadata and descriptions of tensors may take.
    static let maxLength = 128 << 20
    /// Most bytes of one text.
    static let maxTextLength = 16 << 20
    /// Most values in all arrays together.
    static let maxValues = 4_000_000
    /// How deeply arrays may lie in arrays.
    static let maxDepth = 4
    private static let pieceSize = 1 << 20

    /// A reader at the start of a file.
    ///
    /// - Parameter fetch: gives the bytes of a range inside the file.
    init(file: String, size: Int, fetch: @escaping (Range<Int>) throws(CheckpointError) -> [UInt8]) {
        (self.file, self.size, self.fetch) = (file, size, fetch)
    }

    /// The next `count` bytes.
    mutating func take(_ count: Int) throws(CheckpointError) -> ArraySlice<UInt8> {
        guard count >= 0, count <= size - position else {
            throw CheckpointError(
                .ggufTruncated, file: file, detail: "its header goes on beyond the file's \(size) bytes")
        }
        guard count <= Self.maxLength - position else {
            throw CheckpointError(
                .ggufTooLong, file: file, detail: "its header is longer than \(Self.maxLength) bytes")
        }
        if position + count > pieceStart + piece.count {
            pieceStart = position
            piece = try fetch(position..<min(size, position + max(count, Self.pieceSize)))
            guard piece.count >= count else {
                throw CheckpointError(.readFailed, file: file, detail: "reading gave fewer bytes than the file holds")
            }
        }
        let start = position - pieceStart
        position += count
        return piece[start..<start + count]
    }

    /// The next little-endian number.
    mutating func number<Number: FixedWidthInteger>(_ type: Number.Type) throws(CheckpointError) -> Number {
        var bits: UInt64 = 0
        for byte in try take(Number.bitWidth / 8).reversed() { bits = bits << 8 | UInt64(byte) }
        return Number(truncatingIfNeeded: bits)
    }

    /// The next text, after its length.
    mutating func text() throws(CheckpointError) -> String {
        let length = try number(UInt64.self)
        guard length <= Self.maxTextLength else {
            throw CheckpointError(
                .ggufTextTooLong, file: file,
                detail: "a text claims \(length) bytes, and at most \(Self.maxTextLength) are accepted")
        }
        guard let text = String(validating: try take(Int(length)), as: UTF8.self) else {
            throw CheckpointError(.ggufTextNotUTF8, file: file, detail: "a text of its header is not UTF-8")
        }
        return text
    }

    /// The next value, after the number of its type.
    mutating func value() throws(CheckpointError) -> GGUFValue { try value(try kind(), depth: 0) }

    private mutating func kind() throws(CheckpointError) -> GGUFValue.Kind {
        let code = try number(UInt32.self)
        guard let kind = GGUFValue.Kind(rawValue: code) else {
            throw CheckpointError(.ggufValueType, file: file, detail: "a value has the type \(code), which is unknown")
        }
        return kind
    }

    private mutating func value(_ kind: GGUFValue.Kind, depth: Int) throws(CheckpointError) -> GGUFValue {
        switch kind {
        case .uint8: return .uint8(try number(UInt8.self))
        case .int8: return .int8(try number(Int8.self))
        case .uint16: return .uint16(try number(UInt16.self))
        case .int16: return .int16(try number(Int16.self))
        case .uint32: return .uint32(try number(UInt32.self))
        case .int32: return .int32(try number(Int32.self))
        case .uint64: return .uint64(try number(UInt64.self))
        case .int64: return .int64(try number(Int64.self))
        case .float32: return .float32(Float(bitPattern: try number(UInt32.self)))
        case .float64: return .float64(Double(bitPattern: try number(UInt64.self)))
        case .string: return .string(try text())
        case .array: return .array(try array(depth: depth + 1))
        case .bool:
            let byte = try number(UInt8.self)
            guard byte <= 1 else {
                throw CheckpointError(
                    .ggufBoolean, file: file, detail: "a Boolean is stored as \(byte), neither 0 nor 1")
            }
            return .bool(byte == 1)
        }
    }

    private mutating func array(depth: Int) throws(CheckpointError) -> [GGUFValue] {
        guard depth <= Self.maxDepth else {
            throw CheckpointError(
                .ggufTooDeep, file: file, detail: "arrays lie deeper than \(Self.maxDepth) in one another")
        }
        let kind = try kind()
        let claimed = try number(UInt64.self)
        guard claimed <= Self.maxValues - values else {
            throw CheckpointError(
                .ggufTooManyValues, file: file,
                detail: "its arrays claim more than \(Self.maxValues) values")
        }
        let count = Int(claimed)
        guard count * kind.leastBytes <= size - position else {
            throw CheckpointError(
                .ggufTruncated, file: file, detail: "an array of \(count) values goes on beyond the file")
        }
        values += count
        var elements: [GGUFValue] = []
        elements.reserveCapacity(count)
        for _ in 0..<count { elements.append(try value(kind, depth: depth)) }
        return elements
    }
}
