internal import Tensors

/// A row-major [rows, columns] matrix of intermediate values, with its gradient once backward has reached it.
///
/// Its buffers go back to the context when nothing refers to it any more: in inference as soon as the next layer has
/// read it, in training after backward has used it.
public final class Activation {
    public let rows: Int
    public let columns: Int
    let value: FloatBuffer
    private(set) var gradient: FloatBuffer?
    private let context: ComputeContext

    init(rows: Int, columns: Int, context: ComputeContext) {
        self.rows = rows
        self.columns = columns
        self.context = context
        value = context.take(rows * columns)
    }

    deinit {
        context.recycle(value)
        if let gradient { context.recycle(gradient) }
    }

    /// Number of values.
    public var count: Int { rows * columns }

    /// The values, row after row.
    public var values: UnsafeMutableBufferPointer<Float> {
        UnsafeMutableBufferPointer(start: value.pointer, count: count)
    }

    /// The gradient of one row, once the way back has reached it; nil before.
    public func gradient(row: Int) -> [Float]? {
        gradient.map { Array(UnsafeBufferPointer(start: $0.pointer + row * columns, count: columns)) }
    }

    /// The gradient to write to: undefined on first use (`fresh`), to be added to afterwards.
    func gradientForWriting() -> (pointer: UnsafeMutablePointer<Float>, fresh: Bool) {
        if let gradient { return (gradient.pointer, false) }
        let buffer = context.take(count)
        gradient = buffer
        return (buffer.pointer, true)
    }

    /// The gradient to add to: zero on first use.
    func gradientForAdding() -> UnsafeMutablePointer<Float> {
        let (pointer, fresh) = gradientForWriting()
        if fresh { pointer.update(repeating: 0, count: count) }
        return pointer
    }
}

/// Neighbouring columns of an activation: one of query, key and value in their joint product.
public struct Columns {
    let activation: Activation
    let first: Int
    public let width: Int

    /// - Parameters:
    ///   - activation: the matrix.
    ///   - first: first column.
    ///   - width: number of columns.
    public init(_ activation: Activation, from first: Int = 0, width: Int) {
        precondition(first >= 0 && first + width <= activation.columns, "columns outside the activation")
        self.activation = activation
        self.first = first
        self.width = width
    }
}
