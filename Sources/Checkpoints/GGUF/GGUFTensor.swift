/// A tensor as a GGUF header describes it.
struct GGUFTensor: Sendable, Equatable {
    /// Name in the file; untrusted text.
    let name: String
    let type: GGUFType
    /// Sizes of the dimensions, outermost first: the reverse of their order in the file.
    let shape: [Int]
    /// Bytes of all blocks.
    let byteCount: Int
    /// Byte at which it starts: of the data area until the header is read, of the file then.
    fileprivate(set) var start: Int

    /// Most dimensions, as in ggml.
    private static let maxRank = 4

    /// Reads what follows the name.
    init(_ reader: inout GGUFReader, name: String) throws(CheckpointError) {
        let (file, quoted) = (reader.file, CheckpointError.quote(name))
        let rank = try reader.number(UInt32.self)
        guard rank <= Self.maxRank else {
            throw CheckpointError(
                .ggufRank, file: file,
                detail: "tensor \(quoted) has \(rank) dimensions, and at most \(Self.maxRank) are accepted")
        }
        var shape: [Int] = []
        for _ in 0..<rank {
            guard let size = Int(exactly: try reader.number(UInt64.self)) else {
                throw CheckpointError(.sizeOverflow, file: file, detail: "tensor \(quoted) has too large a dimension")
            }
            shape.append(size)
        }
        let code = try reader.number(UInt32.self)
        guard let type = GGUFType(code: code) else {
            throw CheckpointError(
                .ggufTensorType, file: file,
                detail: "tensor \(quoted) has the type \(code), whose size is unknown")
        }
        guard (shape.first ?? 1) % type.elements == 0 else {
            throw CheckpointError(
                .ggufRow, file: file,
                detail: "tensor \(quoted) has rows of \(shape.first ?? 1) elements, and \(type.name) needs a "
                    + "multiple of \(type.elements)")
        }
        self.shape = shape.reversed()
        guard let count = TensorDescription.elementCount(self.shape),
            case let bytes = (count / type.elements).multipliedReportingOverflow(by: type.bytes), !bytes.overflow,
            let start = Int(exactly: try reader.number(UInt64.self))
        else {
            throw CheckpointError(
                .sizeOverflow, file: file, detail: "the size or place of tensor \(quoted) overflows 64 bits")
        }
        (self.name, self.type, byteCount, self.start) = (name, type, bytes.partialValue, start)
    }
}

extension GGUFHeader {
    /// The tensors with their places in the file, after checking that they tile the data area.
    ///
    /// - Parameter end: byte of the file at which the header ends.
    static func placed(
        _ tensors: [GGUFTensor], after end: Int, alignment: Int, size: Int, file: String
    ) throws(CheckpointError) -> [GGUFTensor] {
        func padded(_ position: Int) -> Int? {
            let sum = position.addingReportingOverflow(alignment - 1)
            return sum.overflow ? nil : sum.partialValue & ~(alignment - 1)
        }
        guard let data = padded(end) else { throw overflow(file) }
        var placed: [GGUFTensor] = []
        var next = 0
        for tensor in tensors {
            let quoted = CheckpointError.quote(tensor.name)
            guard tensor.start % alignment == 0 else {
                throw CheckpointError(
                    .ggufUnaligned, file: file,
                    detail: "tensor \(quoted) starts at \(tensor.start), no multiple of \(alignment)")
            }
            guard tensor.start >= next else {
                throw CheckpointError(
                    .overlap, file: file, detail: "tensor \(quoted) starts before the one in front of it has ended")
            }
            guard tensor.start == next else {
                throw CheckpointError(
                    .hole, file: file,
                    detail: "\(tensor.start - next) bytes before tensor \(quoted) belong to no tensor")
            }
            let start = data.addingReportingOverflow(tensor.start)
            let stop = start.partialValue.addingReportingOverflow(tensor.byteCount)
            guard !start.overflow, !stop.overflow else { throw overflow(file) }
            guard stop.partialValue <= size else {
                throw CheckpointError(.beyondFile, file: file, detail: "tensor \(quoted) ends after the file does")
            }
            var copy = tensor
            copy.start = start.partialValue
            placed.append(copy)
            guard let following = padded(stop.partialValue - data) else { throw overflow(file) }
            next = following
        }
        guard size <= data + next else {
            throw CheckpointError(
                .trailingData, file: file, detail: "\(size - data - next) bytes follow the last tensor")
        }
        return placed
    }

    private static func overflow(_ file: String) -> CheckpointError {
        CheckpointError(.sizeOverflow, file: file, detail: "the place of a tensor overflows 64 bits")
    }
}
