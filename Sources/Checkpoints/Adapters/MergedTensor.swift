import Tensors

/// A tensor of the base with an adapter's update added, W + scale·B·A, computed in single precision as it is read.
struct MergedTensor: TensorSource {
    let tensor: TensorDescription
    private let base: any TensorSource
    private let scale: Float
    private let rank: Int
    private let columns: Int
    /// rows × rank.
    private let left: [Float]
    /// rank × columns.
    private let right: [Float]

    /// `nil` unless the update has the shape of the base's tensor.
    init?(_ update: LowRankUpdate, base: any TensorSource) {
        let shape = update.isTransposed ? [update.inputs, update.outputs] : [update.outputs, update.inputs]
        guard base.tensor.shape == shape, update.down.count == update.rank * update.inputs,
            update.up.count == update.outputs * update.rank,
            let tensor = TensorDescription(name: base.tensor.name, dtype: .f32, shape: shape)
        else { return nil }
        self.tensor = tensor
        self.base = base
        scale = update.scale
        rank = update.rank
        columns = shape[1]
        if update.isTransposed {
            left = Self.transposed(update.down, rows: update.rank, columns: update.inputs)
            right = Self.transposed(update.up, rows: update.outputs, columns: update.rank)
        } else {
            (left, right) = (update.up, update.down)
        }
    }

    func read(_ elements: Range<Int>, into buffer: UnsafeMutableBufferPointer<Float>) throws(CheckpointError) {
        try base.read(elements, into: buffer)
        guard columns > 0 else { return }
        var change = [Float](repeating: 0, count: columns)
        var start = elements.lowerBound
        while start < elements.upperBound {
            let row = start / columns
            let end = min(elements.upperBound, (row + 1) * columns)
            let part = start - row * columns..<end - row * columns
            add(row: row, part, change: &change, to: buffer, at: start - elements.lowerBound)
            start = end
        }
    }

    func withBytes(of elements: Range<Int>, _ body: (UnsafeRawBufferPointer) -> Void) throws(CheckpointError) {
        try withFloatBytes(of: elements, body)
    }

    /// Adds a part of one row to the values that `buffer` holds from `offset` on.
    private func add(
        row: Int, _ part: Range<Int>, change: inout [Float], to buffer: UnsafeMutableBufferPointer<Float>,
        at offset: Int
    ) {
        change.withUnsafeMutableBufferPointer { change in
            right.withUnsafeBufferPointer { right in
                for column in part { change[column] = 0 }
                for k in 0..<rank {
                    let factor = left[row * rank + k]
                    for column in part { change[column] += factor * right[k &* columns &+ column] }
                }
                for column in part { buffer[offset &+ column &- part.lowerBound] += scale * change[column] }
            }
        }
    }

    private static func transposed(_ values: [Float], rows: Int, columns: Int) -> [Float] {
        var result = [Float](repeating: 0, count: values.count)
        for row in 0..<rows {
            for column in 0..<columns { result[column * rows + row] = values[row * columns + column] }
        }
        return result
    }
}

/// A tensor under another name.
struct RenamedTensor: TensorSource {
    let tensor: TensorDescription
    private let stored: any TensorSource

    init?(_ stored: any TensorSource, name: String) {
        guard let tensor = TensorDescription(name: name, dtype: stored.tensor.dtype, shape: stored.tensor.shape) else {
            return nil
        }
        self.tensor = tensor
        self.stored = stored
    }

    func read(_ elements: Range<Int>, into buffer: UnsafeMutableBufferPointer<Float>) throws(CheckpointError) {
        try stored.read(elements, into: buffer)
    }

    func withBytes(of elements: Range<Int>, _ body: (UnsafeRawBufferPointer) -> Void) throws(CheckpointError) {
        try stored.withBytes(of: elements, body)
    }
}
