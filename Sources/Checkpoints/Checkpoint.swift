import Tensors

/// The weights of one model: validated when opened, mapped instead of copied.
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
        let range = start + elements.lowerBound * width..<start + elements.upperBound * width
        try mapping.withBytes(in: range) { body(tensor, $0) }
    }

    private func position(of name: String) -> Int? {
        var low = 0
        var high = tensors.count
        while low < high {
            let middle = low + (high - low) / 2
            if tensors[middle].name.utf8.lexicographicallyPrecedes(name.utf8) {
                low = middle + 1
            } else {
                high = middle
            }
        }
        return low < tensors.count && tensors[low].name.utf8.elementsEqual(name.utf8) ? low : nil
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
