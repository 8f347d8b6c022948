import Tensors

/// The weights of one model: validated when opened, read as they are needed.
///
/// Reads are bounds-checked and fail, instead of trapping, when a file changes underneath. Elements come as they are
/// stored: NaN and infinity are the caller's findings.
public final class Checkpoint: Sendable {
    /// All tensors that can be read, sorted by the UTF-8 bytes of their names.
    public let tensors: [TensorDescription]
    /// Tensors of other element types: not audited, never an error.
    public let unsupported: [UnsupportedTensor]
    /// Name of the file, for errors; of several, the one that lists them.
    public let file: String
    /// What is unusual about the files without being a reason to refuse them. May quote names, which are untrusted.
    public let notes: [String]
    /// Low-rank updates that an adapter adds to tensors of its base, sorted by tensor; empty without an adapter.
    public let lowRankUpdates: [LowRankUpdate]

    /// Where the elements of each of `tensors` come from.
    private let sources: [any TensorSource]
    private let mappings: [GuardedMapping]

    /// Opens the file of weights at `path`, which may not be a symbolic link; its content decides the container.
    public convenience init(path: String) throws(CheckpointError) {
        try self.init(try InputFile(path: path))
    }

    /// Validates and maps a file of weights that is already open.
    convenience init(_ input: InputFile) throws(CheckpointError) {
        let weights = try WeightsFile(input)
        self.init(
            file: input.path, sources: weights.sources, unsupported: weights.unsupported,
            mappings: [weights.mapping], notes: weights.notes)
    }

    /// Joins tensors of distinct names.
    init(
        file: String, sources: [any TensorSource], unsupported: [UnsupportedTensor], mappings: [GuardedMapping],
        notes: [String], lowRankUpdates: [LowRankUpdate] = []
    ) {
        let sorted = sources.sorted { $0.tensor.name.bytesPrecede($1.tensor.name) }
        self.sources = sorted
        tensors = sorted.map(\.tensor)
        self.unsupported = unsupported.sorted { $0.name.bytesPrecede($1.name) }
        self.file = file
        self.mappings = mappings
        self.notes = notes
        self.lowRankUpdates = lowRankUpdates.sorted { $0.tensor.bytesPrecede($1.tensor) }
    }

    /// The same weights with further notes.
    func noting(_ further: [String]) -> Checkpoint {
        Checkpoint(
            file: file, sources: sources, unsupported: unsupported, mappings: mappings, notes: notes + further,
            lowRankUpdates: lowRankUpdates)
    }

    /// The tensor called `name`, by UTF-8 bytes.
    public subscript(name: String) -> TensorDescription? {
        position(of: name).map { tensors[$0] }
    }

    /// Checks that every file is still the one that was opened and that no read ran past a new end.
    public func verifyUnchanged() throws(CheckpointError) {
        for mapping in mappings {
            try mapping.verifyUnfaulted()
            try mapping.file.verifyUnchanged()
        }
    }

    /// The tensors with where they come from, for a checkpoint that builds on this one.
    var parts: (sources: [any TensorSource], mappings: [GuardedMapping]) { (sources, mappings) }

    /// Where some elements of a tensor come from.
    func source(_ name: String, elements: Range<Int>) throws(CheckpointError) -> any TensorSource {
        guard let position = position(of: name) else { throw missing(name) }
        let tensor = tensors[position]
        guard elements.lowerBound >= 0, elements.upperBound <= tensor.elementCount else {
            throw CheckpointError(
                .elementsOutOfRange, file: file,
                detail: "elements \(elements) of tensor \(CheckpointError.quote(name)) were asked for, "
                    + "and it has \(tensor.elementCount)")
        }
        return sources[position]
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
