import Tensors

/// A tensor whose elements are computed from quantised blocks, which lie side by side in a file.
struct BlockTensor: TensorSource {
    let tensor: TensorDescription
    let format: BlockFormat
    /// Byte of the file at which the first block starts.
    let start: Int
    let mapping: GuardedMapping

    var quantization: Quantization? { Quantization(type: format.rawValue, groupElements: format.group) }

    /// Blocks that are read from the file at once.
    private static let piece = 512

    func read(_ elements: Range<Int>, into buffer: UnsafeMutableBufferPointer<Float>) throws(CheckpointError) {
        let size = format.elements
        try withBlocks(of: elements) { block, bytes in
            let first = block * size
            if first >= elements.lowerBound, first + size <= elements.upperBound {
                let place = first - elements.lowerBound
                format.decode(bytes, into: UnsafeMutableBufferPointer(rebasing: buffer[place..<place + size]))
            } else {
                withUnsafeTemporaryAllocation(of: Float.self, capacity: size) { values in
                    format.decode(bytes, into: values)
                    for element in (first..<first + size).clamped(to: elements) {
                        buffer[element - elements.lowerBound] = values[element - first]
                    }
                }
            }
        }
    }

    func readSteps(_ groups: Range<Int>, into buffer: UnsafeMutableBufferPointer<Float>) throws(CheckpointError) {
        let size = format.elements / format.group
        try withBlocks(of: groups.lowerBound * format.group..<groups.upperBound * format.group) { block, bytes in
            withUnsafeTemporaryAllocation(of: Float.self, capacity: size) { steps in
                format.steps(bytes, into: steps)
                for group in (block * size..<(block + 1) * size).clamped(to: groups) {
                    buffer[group - groups.lowerBound] = steps[group - block * size]
                }
            }
        }
    }

    func withBytes(of elements: Range<Int>, _ body: (UnsafeRawBufferPointer) -> Void) throws(CheckpointError) {
        try withFloatBytes(of: elements, body)
    }

    /// Calls `body` with the number and the bytes of each block that holds some of the elements.
    private func withBlocks(
        of elements: Range<Int>, _ body: (Int, UnsafeRawBufferPointer) -> Void
    ) throws(CheckpointError) {
        guard !elements.isEmpty else { return }
        let width = format.bytes
        // Rounded up without adding to the end, which the tensor's size alone bounds.
        let blocks = elements.lowerBound / format.elements..<(elements.upperBound - 1) / format.elements + 1
        var piece = [UInt8](repeating: 0, count: min(blocks.count, Self.piece) * width)
        var block = blocks.lowerBound
        while block < blocks.upperBound {
            let count = min(Self.piece, blocks.upperBound - block)
            try piece.withUnsafeMutableBufferPointer { bytes throws(CheckpointError) in
                let part = UnsafeMutableRawBufferPointer(
                    UnsafeMutableBufferPointer(rebasing: bytes[..<(count * width)]))
                try mapping.file.read(into: part, at: start + block * width)
                for index in 0..<count {
                    body(block + index, UnsafeRawBufferPointer(rebasing: part[index * width..<(index + 1) * width]))
                }
            }
            block += count
        }
        try mapping.file.verifyContentUnchanged()
    }
}
