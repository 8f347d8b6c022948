/// Singular values of a matrix and its singular vectors on the shorter side, in double precision.
///
/// The matrix is reduced to its triangular factor, whose columns a one-sided Jacobi iteration makes orthogonal
/// (Hestenes 1958; preconditioning by QR: Drmač and Veselić 2008). Plain and deterministic, and accurate for small
/// singular values too. 384 × 1536 takes about a second.
public struct SingularDecomposition: Sendable {
    public let rows: Int
    public let columns: Int
    /// min(rows, columns) of them, falling.
    public let values: [Double]
    /// One vector a value, each min(rows, columns) long: the right ones of a tall matrix, the left ones of a wide one.
    /// Zero for a value of zero.
    public let vectors: [Double]

    /// Length of a vector.
    public var side: Int { min(rows, columns) }

    /// Decomposes a matrix.
    ///
    /// - Parameters:
    ///   - matrix: rows × columns finite numbers, row after row.
    ///   - rows: at least 1, as are the columns.
    public init(_ matrix: UnsafeBufferPointer<Float>, rows: Int, columns: Int) {
        precondition(matrix.count == rows * columns, "\(matrix.count) numbers for \(rows) × \(columns)")
        self.rows = rows
        self.columns = columns
        var factor = Self.factor(matrix, rows: rows, columns: columns).values
        let side = min(rows, columns)
        // Row j of R is column j of its transpose, which has R's right vectors as its left ones.
        let squares = factor.withUnsafeMutableBufferPointer { columns -> [Double] in
            guard let start = columns.baseAddress else { return [] }
            return Self.orthogonalize(start, side)
        }
        let order = squares.indices.sorted { (squares[$1], $0) < (squares[$0], $1) }
        values = order.map { squares[$0].squareRoot() }
        vectors = order.flatMap { index in
            let norm = squares[index].squareRoot()
            return factor[index * side..<(index + 1) * side].map { norm > 0 ? $0 / norm : 0 }
        }
    }

    /// Numbers between neighbours along the longer and the shorter side of a matrix stored row after row.
    static func strides(rows: Int, columns: Int) -> (long: Int, short: Int) {
        rows >= columns ? (columns, 1) : (1, columns)
    }

    /// R of the matrix, or of its transpose where it is wide.
    private static func factor(_ matrix: UnsafeBufferPointer<Float>, rows: Int, columns: Int) -> TriangularFactor {
        let (side, length) = (min(rows, columns), max(rows, columns))
        let (long, short) = strides(rows: rows, columns: columns)
        var factor = TriangularFactor(size: side)
        let height = min(512, length)
        var block = [Double](repeating: 0, count: height * side)
        block.withUnsafeMutableBufferPointer { block in
            guard let start = block.baseAddress else { return }
            for first in stride(from: 0, to: length, by: height) {
                let count = min(height, length - first)
                for k in 0..<side {
                    for i in 0..<count { block[k * height + i] = Double(matrix[(first + i) * long + k * short]) }
                }
                factor.fold(start, rows: count, stride: height)
            }
        }
        return factor
    }

    /// Rotates pairs of vectors until all are orthogonal; returns their squared norms.
    static func orthogonalize(_ vectors: UnsafeMutablePointer<Double>, _ side: Int) -> [Double] {
        func norms() -> [Double] { (0..<side).map { dot(vectors + $0 * side, vectors + $0 * side, side) } }
        let tolerance = Double(side).squareRoot() * Double.ulpOfOne
        var squares = norms()
        for _ in 0..<60 {
            var isOrthogonal = true
            for p in 0..<side {
                for q in (p + 1)..<side {
                    let (x, y) = (vectors + p * side, vectors + q * side)
                    let product = dot(x, y, side)
                    guard abs(product) > tolerance * max(0, squares[p] * squares[q]).squareRoot() else { continue }
                    isOrthogonal = false
                    let ratio = (squares[q] - squares[p]) / (2 * product)
                    let tangent = (ratio < 0 ? -1 : 1) / (abs(ratio) + (1 + ratio * ratio).squareRoot())
                    let cosine = 1 / (1 + tangent * tangent).squareRoot()
                    rotate(x, y, cosine: cosine, sine: cosine * tangent, side)
                    squares[p] -= tangent * product
                    squares[q] += tangent * product
                }
            }
            squares = norms()
            if isOrthogonal { break }
        }
        return squares
    }
}
