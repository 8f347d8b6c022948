public import Tensors

/// A stored tensor without its elements.
public struct TensorDescription: Sendable, Hashable {
    /// The checkpoint's key; untrusted text.
    public let name: String
    /// How elements are stored.
    public let dtype: DType
    /// Sizes of the dimensions, outermost first; empty for a scalar, and any size may be 0.
    public let shape: [Int]
    /// The product of ``shape``.
    public let elementCount: Int
    /// Bytes of all elements.
    public let byteCount: Int

    /// A description; `nil` if a dimension is negative or the byte count does not fit `Int`.
    public init?(name: String, dtype: DType, shape: [Int]) {
        guard let elements = Self.elementCount(shape) else { return nil }
        let bytes = elements.multipliedReportingOverflow(by: dtype.byteWidth)
        guard !bytes.overflow else { return nil }
        self.name = name
        self.dtype = dtype
        self.shape = shape
        elementCount = elements
        byteCount = bytes.partialValue
    }

    /// The product of `shape`, multiplied from the left; `nil` if it overflows 64 bits on the way or `Int` in the end.
    static func elementCount(_ shape: [Int]) -> Int? {
        var count: UInt = 1
        for size in shape {
            guard let size = UInt(exactly: size) else { return nil }
            let product = count.multipliedReportingOverflow(by: size)
            guard !product.overflow else { return nil }
            count = product.partialValue
        }
        return Int(exactly: count)
    }
}

/// A stored tensor whose element type Assay does not read: not audited, and no sign of malice.
public struct UnsupportedTensor: Sendable, Hashable {
    /// The checkpoint's key; untrusted text.
    public let name: String
    /// The type's name in the file; untrusted text.
    public let dtype: String
    /// Sizes of the dimensions, outermost first.
    public let shape: [Int]
}
