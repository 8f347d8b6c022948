import Tensors

/// A tensor with its rows in another order.
///
/// llama.cpp stores the rows of each head of Llama's query and key projections interleaved: the first row of the upper
/// half follows the first one of the lower half. Checkpoints of Hugging Face store the halves one after the other.
struct HalvedHeads: TensorSource {
    private let stored: any TensorSource
    /// Rows of one head, even.
    private let headRows: Int
    /// Elements of one row.
    private let width: Int

    var tensor: TensorDescription { stored.tensor }
    var quantization: Quantization? { stored.quantization }

    /// `nil` unless `stored` has rows that so many heads divide evenly into halves.
    init?(_ stored: any TensorSource, heads: Int) {
        guard let rows = stored.tensor.shape.first, heads > 0, rows > 0, rows % heads == 0, rows / heads % 2 == 0
        else { return nil }
        self.stored = stored
        headRows = rows / heads
        width = stored.tensor.elementCount / rows
    }

    func read(_ elements: Range<Int>, into buffer: UnsafeMutableBufferPointer<Float>) throws(CheckpointError) {
        try readRows(elements, width: width, into: buffer) { part, target throws(CheckpointError) in
            try stored.read(part, into: target)
        }
    }

    func readSteps(_ groups: Range<Int>, into buffer: UnsafeMutableBufferPointer<Float>) throws(CheckpointError) {
        guard let size = quantization?.groupElements else { return }
        try readRows(groups, width: width / size, into: buffer) { part, target throws(CheckpointError) in
            try stored.readSteps(part, into: target)
        }
    }

    func withBytes(of elements: Range<Int>, _ body: (UnsafeRawBufferPointer) -> Void) throws(CheckpointError) {
        guard tensor.dtype != .f32 else { return try withFloatBytes(of: elements, body) }
        var bytes: [UInt8] = []
        try forRows(elements, width: width) { part, _ throws(CheckpointError) in
            try stored.withBytes(of: part) { bytes += $0 }
        }
        bytes.withUnsafeBytes(body)
    }

    private func readRows(
        _ items: Range<Int>, width: Int, into buffer: UnsafeMutableBufferPointer<Float>,
        _ read: (Range<Int>, UnsafeMutableBufferPointer<Float>) throws(CheckpointError) -> Void
    ) throws(CheckpointError) {
        try forRows(items, width: width) { part, place throws(CheckpointError) in
            try read(part, UnsafeMutableBufferPointer(rebasing: buffer[place..<place + part.count]))
        }
    }

    /// Calls `body` for each row that holds some of `items`: where they are stored, and their place among `items`.
    private func forRows(
        _ items: Range<Int>, width: Int, _ body: (Range<Int>, Int) throws(CheckpointError) -> Void
    ) throws(CheckpointError) {
        var item = items.lowerBound
        while item < items.upperBound {
            let (row, column) = item.quotientAndRemainder(dividingBy: width)
            let count = min(width - column, items.upperBound - item)
            let first = storedRow(row) * width + column
            try body(first..<first + count, item - items.lowerBound)
            item += count
        }
    }

    /// The stored row that is row number `row` here.
    private func storedRow(_ row: Int) -> Int {
        let (head, place) = row.quotientAndRemainder(dividingBy: headRows)
        let (half, pair) = place.quotientAndRemainder(dividingBy: headRows / 2)
        return head * headRows + 2 * pair + half
    }
}

/// A tensor with 1 taken from each element, in single precision.
///
/// llama.cpp stores the weights of Gemma's norms with the 1 that the network adds to them.
struct LessOne: TensorSource {
    let tensor: TensorDescription
    private let stored: any TensorSource

    /// `nil` if the tensor's size overflows.
    init?(_ stored: any TensorSource) {
        guard let tensor = TensorDescription(name: stored.tensor.name, dtype: .f32, shape: stored.tensor.shape)
        else { return nil }
        (self.tensor, self.stored) = (tensor, stored)
    }

    func read(_ elements: Range<Int>, into buffer: UnsafeMutableBufferPointer<Float>) throws(CheckpointError) {
        try stored.read(elements, into: buffer)
        for index in 0..<elements.count { buffer[index] -= 1 }
    }

    func withBytes(of elements: Range<Int>, _ body: (UnsafeRawBufferPointer) -> Void) throws(CheckpointError) {
        try withFloatBytes(of: elements, body)
    }
}
