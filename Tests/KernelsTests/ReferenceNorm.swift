/// Layer normalisation of rows in Double, by its definition and its textbook derivative.
struct ReferenceNorm {
    let weight: [Double]
    let bias: [Double]
    let epsilon: Double

    var columns: Int { weight.count }

    /// Mean and 1 / standard deviation of one row.
    func statistics(_ row: ArraySlice<Double>) -> (mean: Double, inverse: Double) {
        let mean = row.reduce(0, +) / Double(columns)
        let variance = row.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(columns)
        return (mean, 1 / (variance + epsilon).squareRoot())
    }

    func forward(_ x: [Double]) -> [Double] {
        rows(x).flatMap { row in
            let (mean, inverse) = statistics(row)
            return row.enumerated().map { ($1 - mean) * inverse * weight[$0] + bias[$0] }
        }
    }

    func backward(_ x: [Double], dy: [Double]) -> (dx: [Double], dweight: [Double], dbias: [Double]) {
        var dx: [Double] = []
        var dweight = [Double](repeating: 0, count: columns)
        var dbias = dweight
        for (row, upstream) in zip(rows(x), rows(dy)) {
            let (mean, inverse) = statistics(row)
            let normal = row.map { ($0 - mean) * inverse }
            let g = zip(upstream, weight).map { $0 * $1 }
            let gMean = g.reduce(0, +) / Double(columns)
            let gxMean = zip(g, normal).reduce(0) { $0 + $1.0 * $1.1 } / Double(columns)
            for (column, d) in upstream.enumerated() {
                dx.append((g[column] - gMean - normal[column] * gxMean) * inverse)
                dweight[column] += d * normal[column]
                dbias[column] += d
            }
        }
        return (dx, dweight, dbias)
    }

    private func rows(_ x: [Double]) -> [ArraySlice<Double>] {
        stride(from: 0, to: x.count, by: columns).map { x[$0..<$0 + columns] }
    }
}
