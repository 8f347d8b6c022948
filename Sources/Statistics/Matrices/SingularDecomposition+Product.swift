extension SingularDecomposition {
    /// Singular values of a product of two thin matrices, falling, without forming it.
    ///
    /// With B = Q·R and Aᵀ = P·S, both thin, B·A has the singular values of the small matrix R·Sᵀ.
    /// - Parameters:
    ///   - left: B, rows × rank finite numbers, row after row.
    ///   - right: A, rank × columns finite numbers, row after row.
    ///   - rank: at least 1; as many values are returned.
    public static func valuesOfProduct(_ left: [Float], _ right: [Float], rank: Int) -> [Double] {
        precondition(rank > 0 && left.count % rank == 0 && right.count % rank == 0, "no matrices of rank \(rank)")
        let (rows, columns) = (left.count / rank, right.count / rank)
        let r = factor(size: rank, rows: rows) { Double(left[$0 * rank + $1]) }
        let s = factor(size: rank, rows: columns) { Double(right[$1 * columns + $0]) }
        // Column j of R·Sᵀ after the other.
        var core = [Double](repeating: 0, count: rank * rank)
        for j in 0..<rank {
            for i in 0..<rank {
                for k in max(i, j)..<rank { core[j * rank + i] += r[i * rank + k] * s[j * rank + k] }
            }
        }
        let squares = core.withUnsafeMutableBufferPointer { core in
            core.baseAddress.map { orthogonalize($0, rank) } ?? []
        }
        return squares.map { max(0, $0).squareRoot() }.sorted(by: >)
    }

    /// R of a matrix given by its elements.
    private static func factor(size: Int, rows: Int, _ element: (Int, Int) -> Double) -> [Double] {
        var factor = TriangularFactor(size: size)
        var block = [Double](repeating: 0, count: rows * size)
        for column in 0..<size {
            for row in 0..<rows { block[column * rows + row] = element(row, column) }
        }
        block.withUnsafeMutableBufferPointer { block in
            if let start = block.baseAddress { factor.fold(start, rows: rows, stride: rows) }
        }
        return factor.values
    }
}
