public import Tensors
public import Transformers

/// Word embeddings as rows to be multiplied with one vector, for rankings of the whole vocabulary.
public struct EmbeddingTable: Sendable {
    private let values: FloatBuffer
    private let offset: Int
    /// Tokens.
    public let rows: Int
    /// Floats a token.
    public let columns: Int

    /// - Parameters:
    ///   - values: holds [rows, columns] from `offset` on; must not change while this is used.
    ///   - rows: tokens; as many of them as `values` holds in full are used.
    public init(_ values: FloatBuffer, offset: Int = 0, rows: Int, columns: Int) {
        self.values = values
        self.offset = offset
        self.columns = max(0, columns)
        self.rows = columns > 0 ? max(0, min(rows, (values.count - offset) / columns)) : 0
    }

    /// A model's own word embeddings.
    public init(_ model: SequenceClassifier) {
        let table = model.architecture.wordEmbeddings
        self.init(model.parameters.values, offset: table.offset, rows: table.rows, columns: table.columns)
    }

    /// The product of every row, or of some, with a vector of `columns` floats; 0 for rows that do not exist.
    public func products(with vector: [Float], of some: [Int]? = nil) -> [Float] {
        vector.withUnsafeBufferPointer { vector in
            guard let start = vector.baseAddress, vector.count == columns else { return [] }
            return perRow(some ?? Array(0..<rows)) { dot($0, start) }
        }
    }

    /// ‖row‖ of every row.
    public func norms() -> [Float] { perRow(Array(0..<rows)) { dot($0, $0).squareRoot() } }

    private func perRow(_ ids: [Int], _ body: (UnsafePointer<Float>) -> Float) -> [Float] {
        withExtendedLifetime(values) {
            ids.map { (0..<rows).contains($0) ? body(UnsafePointer(values.pointer + offset + $0 * columns)) : 0 }
        }
    }

    /// In eight interleaved sums: the same bits on every machine.
    private func dot(_ a: UnsafePointer<Float>, _ b: UnsafePointer<Float>) -> Float {
        let (x, y) = (UnsafeRawPointer(a), UnsafeRawPointer(b))
        var sums = SIMD8<Float>.zero
        let whole = columns - columns % 8
        for i in stride(from: 0, to: whole, by: 8) {
            sums +=
                x.loadUnaligned(fromByteOffset: 4 * i, as: SIMD8<Float>.self)
                * y.loadUnaligned(fromByteOffset: 4 * i, as: SIMD8<Float>.self)
        }
        var sum = sums.sum()
        for i in whole..<columns { sum += a[i] * b[i] }
        return sum
    }
}
