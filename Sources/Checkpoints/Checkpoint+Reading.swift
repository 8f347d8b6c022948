extension Checkpoint {
    /// All elements of a tensor as `Float`, row-major; integers are converted and Booleans become 0 or 1.
    public func floats(_ name: String) throws(CheckpointError) -> [Float] {
        var values = [Float](repeating: 0, count: self[name]?.elementCount ?? 0)
        try values.withUnsafeMutableBufferPointer { buffer throws(CheckpointError) in
            try read(name, elements: 0..<buffer.count, into: buffer)
        }
        return values
    }

    /// Reads `elements` of a tensor, counted in row-major order, into the start of `buffer` as `Float`.
    ///
    /// For streaming through tensors larger than memory. F64 and wide integers are rounded to the nearest `Float`.
    /// - Throws: ``CheckpointError/Code/elementsOutOfRange`` beyond the tensor or when `buffer` is too small; on any
    ///   error the content of `buffer` is void.
    public func read(
        _ name: String, elements: Range<Int>, into buffer: UnsafeMutableBufferPointer<Float>
    ) throws(CheckpointError) {
        guard buffer.count >= elements.count else {
            throw CheckpointError(
                .elementsOutOfRange, file: file,
                detail: "\(elements.count) elements of tensor \(CheckpointError.quote(name)) do not fit "
                    + "a buffer of \(buffer.count)")
        }
        try source(name, elements: elements).read(elements, into: buffer)
    }

    /// Calls `body` with the stored bytes of some elements of a tensor; what it made of them is void if this throws.
    func withStoredBytes(
        _ name: String, elements: Range<Int>, _ body: (TensorDescription, UnsafeRawBufferPointer) -> Void
    ) throws(CheckpointError) {
        let source = try source(name, elements: elements)
        try source.withBytes(of: elements) { body(source.tensor, $0) }
    }
}
