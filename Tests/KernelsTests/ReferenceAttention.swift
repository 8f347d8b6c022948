import Foundation

/// One head of softmax attention in Double, by its definition; matrices are lists of rows.
struct ReferenceAttention {
    typealias Matrix = [[Double]]

    let q: Matrix
    let k: Matrix
    let v: Matrix
    let scale: Double
    /// 0, or what a kept weight is multiplied by, for query i and key j.
    let factor: (Int, Int) -> Double

    /// softmax(scale · q kᵀ).
    var probabilities: Matrix {
        q.map { q in
            let scores = k.map { scale * Self.dot(q, $0) }
            let highest = scores.max() ?? 0
            let exponentials = scores.map { exp($0 - highest) }
            let total = exponentials.reduce(0, +)
            return exponentials.map { $0 / total }
        }
    }

    var out: Matrix { Self.product(dropped, v) }

    func backward(_ dout: Matrix) -> (dq: Matrix, dk: Matrix, dv: Matrix) {
        let p = probabilities
        let ds = dout.indices.map { i in
            let dp = v.indices.map { j in Self.dot(dout[i], v[j]) * factor(i, j) }
            let mean = Self.dot(p[i], dp)
            return v.indices.map { j in p[i][j] * (dp[j] - mean) * scale }
        }
        return (
            Self.product(ds, k), Self.product(Self.transposed(ds, k.count), q),
            Self.product(Self.transposed(dropped, k.count), dout)
        )
    }

    private var dropped: Matrix {
        probabilities.enumerated().map { i, row in row.enumerated().map { j, p in p * factor(i, j) } }
    }

    private static func dot(_ a: [Double], _ b: [Double]) -> Double { zip(a, b).reduce(0) { $0 + $1.0 * $1.1 } }

    private static func product(_ a: Matrix, _ b: Matrix) -> Matrix {
        let columns = transposed(b, b.first?.count ?? 0)
        return a.map { row in columns.map { dot(row, $0) } }
    }

    private static func transposed(_ a: Matrix, _ columns: Int) -> Matrix {
        (0..<columns).map { column in a.map { $0[column] } }
    }
}
