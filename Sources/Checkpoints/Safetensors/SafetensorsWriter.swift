import Tensors

/// Writes a safetensors file tensor by tensor, in pieces of any size, so that it need not fit in memory.
///
/// The file appears under its name in ``finish()``; without that call nothing is left behind.
///
///     var writer = try SafetensorsWriter(path: path, tensors: checkpoint.tensors)
///     try writer.write(weights, to: "classifier.weight")
///     try writer.copy("bert.embeddings.position_ids", from: checkpoint)
///     let digest = try writer.finish()
public struct SafetensorsWriter: ~Copyable {
    private let file: TemporaryFile
    private let size: Int
    /// By name; the layout refuses names that Swift calls equal.
    private var progress: [String: Progress]

    /// A planned tensor, where in the file its bytes go and how many of its elements are there.
    private struct Progress {
        let tensor: TensorDescription
        let offset: Int
        var written = 0
    }

    /// Creates the file under a temporary name and writes its header.
    ///
    /// - Parameters:
    ///   - path: where the file will appear, replacing one that is there.
    ///   - tensors: everything it will hold, in any order.
    ///   - metadata: strings for `__metadata__`, in this order.
    public init(
        path: String, tensors: [TensorDescription], metadata: [(key: String, value: String)] = [("format", "pt")]
    ) throws(CheckpointError) {
        let layout = try SafetensorsLayout(tensors, metadata: metadata, path: path)
        let temporary = try TemporaryFile(for: path)
        try temporary.write(layout.header, at: 0)
        file = temporary
        size = layout.size
        progress = Dictionary(
            layout.placed.map { ($0.name, Progress(tensor: $0, offset: $1)) }, uniquingKeysWith: { first, _ in first })
    }

    /// Appends elements to the floating-point tensor called `name`, converted to its type.
    ///
    /// - Throws: ``CheckpointError/Code/valueOutOfRange`` when a finite value would become infinite,
    ///   ``CheckpointError/Code/notFloatingPoint`` for other types, ``CheckpointError/Code/elementsOutOfRange`` beyond
    ///   the tensor's end.
    public mutating func write(_ values: UnsafeBufferPointer<Float>, to name: String) throws(CheckpointError) {
        let tensor = try planned(name).tensor
        guard tensor.dtype.isFloatingPoint, tensor.dtype.byteWidth > 1 else {
            throw error(
                .notFloatingPoint, name, "holds \(tensor.dtype.rawValue), which real numbers are not written to")
        }
        var start = 0
        while start < values.count {
            let end = min(start + 1 << 18, values.count)
            guard let bytes = tensor.dtype.encode(UnsafeBufferPointer(rebasing: values[start..<end])) else {
                throw error(.valueOutOfRange, name, "holds a value beyond the range of \(tensor.dtype.rawValue)")
            }
            try append(bytes, elements: end - start, to: name)
            start = end
        }
    }

    /// Appends elements to the floating-point tensor called `name`, converted to its type.
    public mutating func write(_ values: [Float], to name: String) throws(CheckpointError) {
        var failure: CheckpointError?
        values.withUnsafeBufferPointer { buffer in
            do throws(CheckpointError) { try write(buffer, to: name) } catch { failure = error }
        }
        if let failure { throw failure }
    }

    /// Writes the whole tensor called `name` with the bytes that `checkpoint` stores, which must have its type and shape.
    public mutating func copy(_ name: String, from checkpoint: Checkpoint) throws(CheckpointError) {
        let tensor = try planned(name).tensor
        guard let stored = checkpoint[name], stored.dtype == tensor.dtype, stored.shape == tensor.shape else {
            throw error(.unknownTensor, name, "is not in \(checkpoint.file) with this type and shape")
        }
        var start = 0
        while start < tensor.elementCount {
            let end = min(start + 1 << 18, tensor.elementCount)
            var bytes: [UInt8] = []
            try checkpoint.withStoredBytes(name, elements: start..<end) { bytes = Array($1) }
            try append(bytes, elements: end - start, to: name)
            start = end
        }
    }

    /// Flushes the file and gives it its name.
    ///
    /// - Returns: the digest of what was written, read back.
    /// - Throws: ``CheckpointError/Code/tensorIncomplete`` when elements are missing.
    @discardableResult
    public consuming func finish() throws(CheckpointError) -> InputDigest {
        for entry in progress.values where entry.written < entry.tensor.elementCount {
            throw error(
                .tensorIncomplete, entry.tensor.name,
                "has \(entry.written) of its \(entry.tensor.elementCount) elements")
        }
        try file.commit()
        let written = try InputFile(path: file.path)
        guard written.size == size else {
            throw CheckpointError(.cannotWrite, file: file.path, detail: "it was written with another size")
        }
        return try written.digest()
    }

    private mutating func append(_ bytes: [UInt8], elements: Int, to name: String) throws(CheckpointError) {
        var entry = try planned(name)
        guard elements <= entry.tensor.elementCount - entry.written else {
            throw error(.elementsOutOfRange, name, "has \(entry.tensor.elementCount) elements, and more were written")
        }
        try file.write(bytes, at: entry.offset + entry.written * entry.tensor.dtype.byteWidth)
        entry.written += elements
        progress[name] = entry
    }

    private func planned(_ name: String) throws(CheckpointError) -> Progress {
        guard let entry = progress[name] else { throw error(.unknownTensor, name, "was not planned") }
        return entry
    }

    private func error(_ code: CheckpointError.Code, _ name: String, _ detail: String) -> CheckpointError {
        CheckpointError(code, file: file.path, detail: "tensor \(CheckpointError.quote(name)) \(detail)")
    }
}
