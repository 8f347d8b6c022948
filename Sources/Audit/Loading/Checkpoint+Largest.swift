import Checkpoints
import Forensics
import Tensors

extension Checkpoint {
    /// The largest numbers of those tensors whose norm leaves room for one above `limit`, which are read again.
    func largest(among norms: [TensorNorm], above limit: Double) throws(CheckpointError) -> [LargestNumber] {
        var found: [LargestNumber] = []
        for tensor in norms where tensor.norm > limit && !TensorName(tensor.name).isConstant {
            guard let description = self[tensor.name] else { continue }
            found.append(LargestNumber(name: tensor.name, value: try scan(description).largest))
        }
        return found
    }

    /// Every tensor of real numbers, read block by block: its largest magnitude, and whether all of it is finite.
    func scanned() throws(CheckpointError) -> [(tensor: LargestNumber, isFinite: Bool)] {
        var found: [(tensor: LargestNumber, isFinite: Bool)] = []
        for tensor in tensors where tensor.dtype.isFloatingPoint {
            let result = try scan(tensor)
            found.append((LargestNumber(name: tensor.name, value: result.largest), result.isFinite))
        }
        return found
    }

    /// - Returns: 0 for the largest of a tensor that holds NaN or infinity.
    private func scan(_ tensor: TensorDescription) throws(CheckpointError) -> (largest: Float, isFinite: Bool) {
        var block = [Float](repeating: 0, count: min(1 << 16, tensor.elementCount))
        // Without their sign, floats are in the order of their bits, and NaN and infinity come last.
        var most: UInt32 = 0
        for start in stride(from: 0, to: tensor.elementCount, by: 1 << 16) {
            let range = start..<min(start + 1 << 16, tensor.elementCount)
            try block.withUnsafeMutableBufferPointer { buffer throws(CheckpointError) in
                try read(tensor.name, elements: range, into: buffer)
                for index in 0..<range.count { most = max(most, buffer[index].magnitude.bitPattern) }
            }
        }
        let largest = Float(bitPattern: most)
        return (largest.isFinite ? largest : 0, largest.isFinite)
    }
}
