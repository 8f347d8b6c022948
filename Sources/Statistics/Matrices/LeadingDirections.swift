/// The leading right singular vectors of a matrix by orthogonal iteration: cheap where only a few are wanted.
public enum LeadingDirections {
    /// Finds directions.
    ///
    /// - Parameters:
    ///   - matrix: rows × columns finite numbers, row after row.
    ///   - count: directions wanted.
    ///   - iterations: products with the matrix and its transpose; a direction converges with the ratio of the squared
    ///     singular values.
    /// - Returns: unit vectors of `columns` numbers, by falling singular value; fewer where the matrix has a lower rank.
    public static func right(
        of matrix: UnsafeBufferPointer<Float>, columns: Int, count: Int, iterations: Int = 24
    ) -> [[Double]] {
        guard columns > 0, matrix.count >= columns else { return [] }
        let rows = matrix.count / columns
        var directions = (0..<min(count, rows, columns)).map { start($0, columns) }
        for _ in 0..<iterations {
            directions = orthonormal(directions.map { transposed(matrix, product(matrix, $0, rows), columns) })
        }
        return directions
    }

    /// A fixed start without symmetry, so that no direction is orthogonal to it by accident.
    private static func start(_ index: Int, _ columns: Int) -> [Double] {
        (0..<columns).map { 1 + Double(($0 * 7919 + index * 104_729 + 13) % 1_009) / 1_009 * (index % 2 == 0 ? 1 : -2) }
    }

    private static func product(_ matrix: UnsafeBufferPointer<Float>, _ x: [Double], _ rows: Int) -> [Double] {
        (0..<rows).map { row in
            var sum = 0.0
            for column in x.indices { sum += Double(matrix[row * x.count + column]) * x[column] }
            return sum
        }
    }

    private static func transposed(_ matrix: UnsafeBufferPointer<Float>, _ y: [Double], _ columns: Int) -> [Double] {
        var result = [Double](repeating: 0, count: columns)
        for row in y.indices where y[row] != 0 {
            for column in 0..<columns { result[column] += Double(matrix[row * columns + column]) * y[row] }
        }
        return result
    }

    /// Gram and Schmidt's; vectors without a part of their own are dropped.
    private static func orthonormal(_ vectors: [[Double]]) -> [[Double]] {
        var result: [[Double]] = []
        for vector in vectors {
            let length = norm(vector)
            guard length > 0, length.isFinite else { continue }
            var rest = vector.map { $0 / length }
            for _ in 0..<2 {
                for known in result {
                    let share = dot(rest, known)
                    for i in rest.indices { rest[i] -= share * known[i] }
                }
            }
            let remaining = norm(rest)
            guard remaining > 1e-9 else { continue }
            result.append(rest.map { $0 / remaining })
        }
        return result
    }

    private static func dot(_ a: [Double], _ b: [Double]) -> Double {
        var sum = 0.0
        for i in a.indices { sum += a[i] * b[i] }
        return sum
    }

    private static func norm(_ a: [Double]) -> Double { dot(a, a).squareRoot() }
}
