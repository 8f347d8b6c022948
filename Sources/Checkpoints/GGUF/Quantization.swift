/// How a tensor of real numbers was rounded to few bits before it was stored.
public struct Quantization: Sendable, Hashable {
    /// Name of the format in GGUF, such as `Q4_K`.
    public let type: String
    /// Consecutive elements, in row-major order, that were rounded with one and the same step.
    public let groupElements: Int
}

extension TensorSource {
    /// Nothing was rounded.
    var quantization: Quantization? { nil }

    /// Gives steps of 0, as of elements that were not rounded.
    func readSteps(_ groups: Range<Int>, into buffer: UnsafeMutableBufferPointer<Float>) throws(CheckpointError) {
        buffer.prefix(groups.count).update(repeating: 0)
    }
}

extension Checkpoint {
    /// How the tensor called `name` was rounded; `nil` for one that was not, or that there is not.
    public func quantization(of name: String) -> Quantization? {
        (try? source(name, elements: 0..<0))?.quantization
    }

    /// Half the distance between the numbers that elements of a quantised tensor can be, one for each group of
    /// ``Quantization/groupElements``: rounding to the nearest moves no element of the group by more.
    ///
    /// Formats whose smallest or largest number lies nearer to 0 than the other can move that one end by more.
    ///
    /// - Parameter groups: counted in row-major order from the tensor's start.
    /// - Returns: one number a group, not negative.
    /// - Throws: ``CheckpointError/Code/notQuantized`` for a tensor that was not rounded,
    ///   ``CheckpointError/Code/elementsOutOfRange`` for groups beyond it.
    public func halfSteps(_ name: String, groups: Range<Int>) throws(CheckpointError) -> [Float] {
        let source = try source(name, elements: 0..<0)
        guard let size = source.quantization?.groupElements else {
            throw CheckpointError(
                .notQuantized, file: file, detail: "tensor \(CheckpointError.quote(name)) is not quantised")
        }
        guard groups.lowerBound >= 0, groups.upperBound <= source.tensor.elementCount / size else {
            throw CheckpointError(
                .elementsOutOfRange, file: file,
                detail: "groups \(groups) of tensor \(CheckpointError.quote(name)) were asked for, "
                    + "and it has \(source.tensor.elementCount / size)")
        }
        var steps = [Float](repeating: 0, count: groups.count)
        try steps.withUnsafeMutableBufferPointer { buffer throws(CheckpointError) in
            try source.readSteps(groups, into: buffer)
        }
        return steps.map { $0 / 2 }
    }
}
