extension SingularDecomposition {
    /// The part of the matrix along some of its singular directions, Σ σⱼ·uⱼ·vⱼᵀ: rows × columns, row after row.
    ///
    /// - Parameters:
    ///   - directions: indices into ``values``; all of them give the matrix itself but for rounding.
    ///   - matrix: the matrix that was decomposed.
    public func part(_ directions: Range<Int>, of matrix: UnsafeBufferPointer<Float>) -> [Float] {
        precondition(matrix.count == rows * columns, "\(matrix.count) numbers for \(rows) × \(columns)")
        let (long, short) = Self.strides(rows: rows, columns: columns)
        var part = [Float](repeating: 0, count: matrix.count)
        var whole = [Double](repeating: 0, count: side)
        var along = whole
        vectors.withUnsafeBufferPointer { vectors in
            guard let start = vectors.baseAddress else { return }
            for line in 0..<max(rows, columns) {
                for k in 0..<side { (whole[k], along[k]) = (Double(matrix[line * long + k * short]), 0) }
                for direction in directions {
                    let vector = start + direction * side
                    add(dot(whole, vector, side), vector, to: &along, side)
                }
                for k in 0..<side { part[line * long + k * short] = Float(along[k]) }
            }
        }
        return part
    }
}
