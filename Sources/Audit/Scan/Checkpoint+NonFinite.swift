import Checkpoints
import Tensors

extension Checkpoint {
    /// Names of the tensors that hold NaN or infinity, read block by block.
    func nonFiniteTensors() throws(CheckpointError) -> [String] {
        var block = [Float](repeating: 0, count: 1 << 16)
        var names: [String] = []
        for tensor in tensors where tensor.dtype.isFloatingPoint {
            if try hasNonFinite(tensor, &block) { names.append(tensor.name) }
        }
        return names
    }

    private func hasNonFinite(_ tensor: TensorDescription, _ block: inout [Float]) throws(CheckpointError) -> Bool {
        for start in stride(from: 0, to: tensor.elementCount, by: block.count) {
            let range = start..<min(start + block.count, tensor.elementCount)
            let finite = try block.withUnsafeMutableBufferPointer { buffer throws(CheckpointError) in
                try read(tensor.name, elements: range, into: buffer)
                return buffer.prefix(range.count).allSatisfy(\.isFinite)
            }
            if !finite { return true }
        }
        return false
    }
}
