import Tensors

/// A matrix with rows cut off or added, the added ones all alike.
struct ResizedTensor: TensorSource {
    let tensor: TensorDescription
    private let stored: any TensorSource
    private let added: [Float]

    /// `nil` unless `stored` is a matrix with as many columns as `added` has numbers.
    init?(_ stored: any TensorSource, rows: Int, added: [Float]) {
        let shape = stored.tensor.shape
        guard shape.count == 2, shape[1] == added.count,
            let tensor = TensorDescription(name: stored.tensor.name, dtype: .f32, shape: [rows, shape[1]])
        else { return nil }
        self.tensor = tensor
        self.stored = stored
        self.added = added
    }

    func read(_ elements: Range<Int>, into buffer: UnsafeMutableBufferPointer<Float>) throws(CheckpointError) {
        let kept = elements.clamped(to: 0..<stored.tensor.elementCount)
        if !kept.isEmpty { try stored.read(kept, into: buffer) }
        for element in elements.dropFirst(kept.count) {
            buffer[element - elements.lowerBound] = added[element % added.count]
        }
    }

    func withBytes(of elements: Range<Int>, _ body: (UnsafeRawBufferPointer) -> Void) throws(CheckpointError) {
        try withFloatBytes(of: elements, body)
    }
}

extension TensorSource {
    /// The bytes of elements that are computed in single precision.
    func withFloatBytes(
        of elements: Range<Int>, _ body: (UnsafeRawBufferPointer) -> Void
    ) throws(CheckpointError) {
        var values = [Float](repeating: 0, count: elements.count)
        try values.withUnsafeMutableBufferPointer { buffer throws(CheckpointError) in
            try read(elements, into: buffer)
        }
        values.map(\.bitPattern.littleEndian).withUnsafeBytes(body)
    }
}
