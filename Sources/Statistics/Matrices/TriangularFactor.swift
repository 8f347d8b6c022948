/// The triangular factor R of a tall matrix A = Q·R, found by Householder reflections without keeping Q or A.
///
/// Rows are folded in block by block, so that a block stays in a core's cache and memory does not grow with the rows.
struct TriangularFactor {
    /// Columns of A.
    let size: Int
    /// R, row after row, zero below the diagonal; its signs are arbitrary.
    private(set) var values: [Double]

    /// The factor of a matrix without rows.
    init(size: Int) {
        self.size = size
        values = [Double](repeating: 0, count: size * size)
    }

    /// Folds in a block of rows.
    ///
    /// - Parameters:
    ///   - block: column after column, `stride` numbers apart, `rows` of them used; overwritten.
    ///   - rows: rows of the block.
    mutating func fold(_ block: UnsafeMutablePointer<Double>, rows: Int, stride: Int) {
        values.withUnsafeMutableBufferPointer { r in
            for j in 0..<size {
                let x = block + j * stride
                let tail = dot(x, x, rows)
                guard tail > 0 else { continue }
                let head = r[j * size + j]
                let norm = (head * head + tail).squareRoot()
                // The sign that adds instead of cancelling.
                let diagonal = head > 0 ? -norm : norm
                let first = head - diagonal
                let factor = 2 / (first * first + tail)
                r[j * size + j] = diagonal
                for k in (j + 1)..<size {
                    let y = block + k * stride
                    let weight = factor * (first * r[j * size + k] + dot(x, y, rows))
                    r[j * size + k] -= weight * first
                    add(-weight, x, to: y, rows)
                }
            }
        }
    }
}
