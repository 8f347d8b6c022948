import Tensors

/// A tensor whose elements lie apart in a file: a transposed or cut-out view. Reading gathers them.
struct StridedTensor: TensorSource {
    let tensor: TensorDescription
    /// Elements from one index of a dimension to the next, outermost first, none negative.
    let strides: [Int]
    /// Bytes of the file that hold the storage from the tensor's first element on.
    let storage: Range<Int>
    let mapping: GuardedMapping

    /// A view of a storage.
    ///
    /// - Parameter storage: bytes from the first element to the storage's end.
    /// - Returns: `nil` unless every element lies inside `storage`.
    init?(tensor: TensorDescription, strides: [Int], storage: Range<Int>, mapping: GuardedMapping) {
        guard strides.count == tensor.shape.count,
            let span = Self.span(tensor.shape, strides: strides),
            case let bytes = span.multipliedReportingOverflow(by: tensor.dtype.byteWidth), !bytes.overflow,
            bytes.partialValue <= storage.count
        else { return nil }
        self.tensor = tensor
        // A dimension of one index is never stepped along, whatever its stride.
        self.strides = zip(tensor.shape, strides).map { $0 > 1 ? $1 : 0 }
        self.storage = storage
        self.mapping = mapping
    }

    /// 1 + Σ (size − 1)·stride, the elements from the first to the last one; 0 without elements, `nil` on overflow or
    /// a negative stride.
    static func span(_ shape: [Int], strides: [Int]) -> Int? {
        guard strides.allSatisfy({ $0 >= 0 }) else { return nil }
        if shape.contains(0) { return 0 }
        var last = 0
        for (size, stride) in zip(shape, strides) {
            let step = (size - 1).multipliedReportingOverflow(by: stride)
            let sum = last.addingReportingOverflow(step.partialValue)
            guard !step.overflow, !sum.overflow else { return nil }
            last = sum.partialValue
        }
        let span = last.addingReportingOverflow(1)
        return span.overflow ? nil : span.partialValue
    }

    /// Whether elements in row-major order lie side by side.
    static func isContiguous(_ shape: [Int], strides: [Int]) -> Bool {
        if shape.contains(0) { return true }
        var expected = 1
        for (size, stride) in zip(shape, strides).reversed() {
            if size != 1, stride != expected { return false }
            expected *= size
        }
        return true
    }

    func read(_ elements: Range<Int>, into buffer: UnsafeMutableBufferPointer<Float>) throws(CheckpointError) {
        let bytes = try gather(elements)
        bytes.withUnsafeBytes { tensor.dtype.decode($0, into: buffer) }
    }

    func withBytes(of elements: Range<Int>, _ body: (UnsafeRawBufferPointer) -> Void) throws(CheckpointError) {
        let bytes = try gather(elements)
        bytes.withUnsafeBytes(body)
    }

    /// The bytes of elements, side by side.
    private func gather(_ elements: Range<Int>) throws(CheckpointError) -> [UInt8] {
        guard !elements.isEmpty else { return [] }
        let width = tensor.dtype.byteWidth
        var gathered = [UInt8](repeating: 0, count: elements.count * width)
        var index = Self.index(of: elements.lowerBound, in: tensor.shape)
        var position = zip(index, strides).reduce(0) { $0 + $1.0 * $1.1 }
        try mapping.withBytes(in: storage) { stored in
            gathered.withUnsafeMutableBytes { target in
                for start in stride(from: 0, to: target.count, by: width) {
                    // Inside the storage: the initialiser checked the last element, and no stride is negative.
                    for byte in 0..<width { target[start + byte] = stored[position * width + byte] }
                    advance(&index, &position)
                }
            }
        }
        return gathered
    }

    /// Steps to the next element in row-major order, back to the first after the last.
    private func advance(_ index: inout [Int], _ position: inout Int) {
        for dimension in index.indices.reversed() {
            index[dimension] += 1
            position += strides[dimension]
            if index[dimension] < tensor.shape[dimension] { return }
            position -= index[dimension] * strides[dimension]
            index[dimension] = 0
        }
    }

    private static func index(of element: Int, in shape: [Int]) -> [Int] {
        var rest = element
        var index = [Int](repeating: 0, count: shape.count)
        for dimension in shape.indices.reversed() {
            index[dimension] = rest % shape[dimension]
            rest /= shape[dimension]
        }
        return index
    }
}
