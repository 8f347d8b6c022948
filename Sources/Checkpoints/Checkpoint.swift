import Tensors

/// The weights of one model: validated when opened, read as they are needed.
///
/// Reads are bounds-checked and fail, instead of trapping, when the file changes underneath. Elements come as they are
/// stored: NaN and infinity are the caller's findings.
public final class Checkpoint: Sendable {
    /// All tensors that can be read, sorted by the UTF-8 bytes of their names.
    public let tensors: [TensorDescription]
    /// Tensors of other element types: not audited, never an error.
    public let unsupported: [UnsupportedTensor]
    /// Name of the file, for errors.
    public let file: String

    /// Where in the file each of `tensors` lies.
    private let ranges: [Range<Int>]
    private let mapping: GuardedMapping

    /// Opens the safetensors file at `path`, which may not be a symbolic link.
    public convenience init(path: String) throws(CheckpointError) {
        try self.init(try InputFile(path: path))
    }

    /// Validates and maps a safetensors file that is already open.
    init(_ input: InputFile) throws(CheckpointError) {
        let headerEnd = try Self.headerEnd(of: input)
        let header = try SafetensorsHeader(
            parsing: try input.bytes(in: 8..<headerEnd), dataSize: input.size - headerEnd, file: input.path)
        tensors = header.entries.map(\.tensor)
        ranges = header.entries.map { headerEnd + $0.range.lowerBound..<headerEnd + $0.range.upperBound }
        unsupported = header.unsupported
        file = input.path
        mapping = try GuardedMapping(input)
    }

    /// The tensor called `name`, by UTF-8 bytes.
    public subscript(name: String) -> TensorDescription? {
        position(of: name).map { tensors[$0] }
    }

    /// Checks that the file is still the one that was opened and that no read ran past a new end.
    public func verifyUnchanged() throws(CheckpointError) {
        try mapping.verifyUnfaulted()
        try mapping.file.verifyUnchanged()
    }

    /// Calls `body` with the stored bytes of some elements of a tensor; what it made of them is void if this throws.
    func withStoredBytes(
        _ name: String, elements: Range<Int>, _ body: (TensorDescription, UnsafeRawBufferPointer) -> Void
    ) throws(CheckpointError) {
        let (tensor, range) = try stored(name, elements: elements)
        try mapping.withBytes(in: range) { body(tensor, $0) }
    }

    /// Calls `body` with the open file, a tensor and the file's bytes that hold some of its elements, then checks that
    /// the file was the same all along; what was made of it is void if this throws.
    func withFile(
        _ name: String, elements: Range<Int>,
        _ body: (InputFile, TensorDescription, Range<Int>) throws(CheckpointError) -> Void
    ) throws(CheckpointError) {
        let (tensor, range) = try stored(name, elements: elements)
        try body(mapping.file, tensor, range)
        try mapping.file.verifyContentUnchanged()
    }

    /// A tensor and the bytes of the file that hold some of its elements.
    private func stored(
        _ name: String, elements: Range<Int>
    ) throws(CheckpointError) -> (tensor: TensorDescription, bytes: Range<Int>) {
        guard let position = position(of: name) else { throw missing(name) }
        let tensor = tensors[position]
        guard elements.lowerBound >= 0, elements.upperBound <= tensor.elementCount else {
            throw CheckpointError(
                .elementsOutOfRange, file: file,
                detail: "elements \(elements) of tensor \(CheckpointError.quote(name)) were asked for, "
                    + "and it has \(tensor.elementCount)")
        }
        // Both products are at most the tensor's byte count, which is inside the file.
        let start = ranges[position].lowerBound
        let width = tensor.dtype.byteWidth
        return (tensor, start + elements.lowerBound * width..<start + elements.upperBound * width)
    }

    private func position(of name: String) -> Int? {
        var low = 0
        var high = tensors.count
        while low < high {
            let middle = low + (high - low) / 2
            if tensors[middle].name.bytesPrecede(name) {
                low = middle + 1
            } else {
                high = middle
            }
        }
        return low < tensors.count && !name.bytesPrecede(tensors[low].name) ? low : nil
    }

    private func missing(_ name: String) -> CheckpointError {
        let quoted = CheckpointError.quote(name)
        if let other = unsupported.first(where: { $0.name.utf8.elementsEqual(name.utf8) }) {
            return CheckpointError(
                .unsupportedType, file: file,
                detail: "tensor \(quoted) has the type \(CheckpointError.quote(other.dtype)), which is not supported")
        }
        return CheckpointError(.unknownTensor, file: file, detail: "there is no tensor \(quoted)")
    }
}
