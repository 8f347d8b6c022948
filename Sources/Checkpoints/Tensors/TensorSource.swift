import Tensors

/// Where the elements of a tensor come from; element ranges lie inside the tensor and count in row-major order.
protocol TensorSource: Sendable {
    /// What the checkpoint says about the tensor.
    var tensor: TensorDescription { get }
    /// How elements were rounded; `nil` if they were not.
    var quantization: Quantization? { get }

    /// Reads elements into the start of `buffer`, which holds at least as many; on any error its content is void.
    func read(_ elements: Range<Int>, into buffer: UnsafeMutableBufferPointer<Float>) throws(CheckpointError)

    /// Calls `body` with elements as the tensor's type stores them, little-endian; what it made of them is void if this
    /// throws.
    func withBytes(of elements: Range<Int>, _ body: (UnsafeRawBufferPointer) -> Void) throws(CheckpointError)

    /// Reads the steps by which groups of ``Quantization/groupElements`` elements were rounded into the start of
    /// `buffer`; on any error its content is void.
    func readSteps(_ groups: Range<Int>, into buffer: UnsafeMutableBufferPointer<Float>) throws(CheckpointError)
}

/// A tensor whose elements lie side by side in a file.
struct StoredTensor: TensorSource {
    let tensor: TensorDescription
    /// Byte of the file at which the first element starts.
    let start: Int
    let mapping: GuardedMapping

    /// Elements are copied out of the page cache, F32 straight into `buffer`: for a single pass that is faster than
    /// entering every page into a mapping.
    func read(_ elements: Range<Int>, into buffer: UnsafeMutableBufferPointer<Float>) throws(CheckpointError) {
        let (file, bytes) = (mapping.file, bytes(of: elements))
        if tensor.dtype == .f32, UInt32(1).littleEndian == 1 {
            let values = UnsafeMutableRawBufferPointer(buffer)
            try file.read(into: UnsafeMutableRawBufferPointer(rebasing: values[..<bytes.count]), at: bytes.lowerBound)
        } else {
            try file.decode(bytes, as: tensor.dtype, into: buffer)
        }
        try file.verifyContentUnchanged()
    }

    func withBytes(of elements: Range<Int>, _ body: (UnsafeRawBufferPointer) -> Void) throws(CheckpointError) {
        try mapping.withBytes(in: bytes(of: elements), body)
    }

    /// Both products are at most the tensor's byte count, which is inside the file.
    private func bytes(of elements: Range<Int>) -> Range<Int> {
        let width = tensor.dtype.byteWidth
        return start + elements.lowerBound * width..<start + elements.upperBound * width
    }
}

extension InputFile {
    /// Reads the elements stored in `bytes` piece by piece and converts them.
    fileprivate func decode(
        _ bytes: Range<Int>, as dtype: DType, into values: UnsafeMutableBufferPointer<Float>
    ) throws(CheckpointError) {
        // A whole number of elements of every type.
        let pieceSize = 1 << 16
        var piece = [UInt8](repeating: 0, count: min(bytes.count, pieceSize))
        try piece.withUnsafeMutableBufferPointer { buffer throws(CheckpointError) in
            for start in stride(from: bytes.lowerBound, to: bytes.upperBound, by: pieceSize) {
                let part = UnsafeMutableRawBufferPointer(
                    UnsafeMutableBufferPointer(rebasing: buffer.prefix(bytes.upperBound - start)))
                try read(into: part, at: start)
                let first = (start - bytes.lowerBound) / dtype.byteWidth
                dtype.decode(UnsafeRawBufferPointer(part), into: UnsafeMutableBufferPointer(rebasing: values[first...]))
            }
        }
    }
}
