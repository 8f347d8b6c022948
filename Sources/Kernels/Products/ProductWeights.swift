internal import CKernels
internal import Synchronization
public import Tensors

/// The form in which matrix products read a model's weights; it decides the products' precision.
public enum ProductWeights: Sendable {
    /// As they are stored, in f32.
    case plain
    /// Packed for speed, for weights that do not change meanwhile: in inference, or frozen beside trained adapters.
    case packed(PackedWeights)
    /// Rounded to bf16 beside f32 master weights that are being trained.
    case rounded(RoundedWeights)
}

/// Weights in the layout that products read fastest, each packed once, at its first use, and shared by all threads.
///
/// A frozen weight that gradients pass through is packed a second time, for the way back.
public final class PackedWeights: Sendable {
    /// Precision of the packed weights, and of what they are multiplied with.
    public let precision: Precision
    private let parameters: Parameters
    private let packed = Mutex<[Key: FloatBuffer]>([:])

    private struct Key: Hashable {
        let offset: Int, rows: Int, inputsFirst: Bool
    }

    /// - Parameter parameters: whose values must not change while this lives.
    public init(_ parameters: Parameters, precision: Precision) {
        self.parameters = parameters
        self.precision = precision
    }

    /// - Parameter inputsFirst: the weight is stored [in, out], as seen by the product that reads it.
    func pointer(
        _ weight: Parameter, inputsFirst: Bool, _ layout: PackedLayout, _ context: ComputeContext
    ) -> UnsafePointer<Float> {
        packed.withLock { packed in
            let key = Key(offset: weight.offset, rows: weight.rows, inputsFirst: inputsFirst)
            if let buffer = packed[key] { return UnsafePointer(buffer.pointer) }
            let buffer = FloatBuffer(count: layout.floats)
            layout.pack(
                parameters.values.pointer + weight.offset, transposed: !inputsFirst, into: buffer.pointer, context)
            packed[key] = buffer
            return UnsafePointer(buffer.pointer)
        }
    }
}

/// bf16 copies of the matrices of a model in training.
///
/// 1. Safe to share between threads because it changes only in `refresh`, which the optimiser calls between steps.
public final class RoundedWeights: @unchecked Sendable {
    private let parameters: Parameters
    private let matrices: [Parameter]
    private let blocks: [Range<Int>]
    /// Mirrors the parameters, two values a float.
    private let halves: FloatBuffer

    /// - Parameters:
    ///   - parameters: the master weights.
    ///   - table: the word embeddings, which no product reads.
    public init(_ parameters: Parameters, except table: Parameter, workers: Workers) {
        self.parameters = parameters
        matrices = parameters.layout.parameters.filter { $0.shape.count > 1 && $0.offset != table.offset }
        blocks = matrices.flatMap { $0.range.blocks(of: 1 << 16) }
        halves = FloatBuffer(count: parameters.layout.count / 2 + 1)
        refresh(workers)
    }

    /// Rounds the master weights anew.
    public func refresh(_ workers: Workers) {
        let target = base
        workers.forEach(blocks.count) { index, context in
            let block = blocks[index]
            context.loops.pointee.round_to_bf16(
                parameters.values.pointer + block.lowerBound, target + block.lowerBound, block.count)
        }
    }

    /// The bf16 values of a matrix, row after row; nil where only the master weights are kept.
    func pointer(_ weight: Parameter) -> UnsafePointer<UInt16>? {
        let isKept = matrices.contains { $0.range.contains(weight.offset) }
        return isKept ? UnsafePointer(base + weight.offset) : nil
    }

    private var base: UnsafeMutablePointer<UInt16> {
        UnsafeMutableRawPointer(halves.pointer).assumingMemoryBound(to: UInt16.self)
    }
}
