import Glibc
import Statistics

extension EmbeddingRanking {
    /// The shrinkage c that rows show which training never touched: the mode of −⟨δ, b⟩/‖b‖² over all rows.
    ///
    /// Decoupled weight decay multiplies every row by 1 − c, in proportion to the row, while trained rows scatter. Zero
    /// when most rows are unchanged, and without rows.
    static func shrinkage(of rows: [EmbeddingRows.Row]) -> Double {
        let ratios = rows.compactMap { row -> Double? in
            guard row.isFinite, row.baseSquared > 0 else { return nil }
            let ratio = -row.deltaDotBase / row.baseSquared
            return ratio.isFinite ? ratio : nil
        }
        // Adding zero turns the −0 of an unchanged row into 0.
        return (halfSampleMode(ratios) ?? 0) + 0
    }

    /// The `count` rows of highest score, best first and of equals the lower id first.
    ///
    /// - Parameter moved: some of the scores, ascending. As many rows as asked for reach the `count`th highest of them,
    ///   so that rows below it need no sorting.
    static func best(
        _ count: Int, of scored: [(id: Int, score: Double)], moved: [Double]
    ) -> [(id: Int, score: Double)] {
        let bar = count > 0 && count <= moved.count ? moved[moved.count - count] : -.infinity
        let order = scored.filter { $0.score >= bar }.sorted {
            $0.score != $1.score ? $0.score > $1.score : $0.id < $1.id
        }
        return Array(order.prefix(max(0, count)))
    }

    /// log(max(f, 20)).
    static func divisor(_ id: Int, _ frequencies: [Double]) -> Double {
        let frequency = frequencies.indices.contains(id) ? frequencies[id] : frequencyFloor
        return log(frequency.isFinite ? max(frequency, frequencyFloor) : frequencyFloor)
    }
}

extension EmbeddingRows.Row {
    /// ‖δ + c·b‖: what is left of a row's movement once the shrinkage is taken out.
    func residual(shrinkage c: Double) -> Double {
        max(0, deltaSquared + 2 * c * deltaDotBase + c * c * baseSquared).squareRoot()
    }

    /// The residual up to which a row counts as unmoved.
    ///
    /// Four roundings of the row, and a quarter of its shrinkage: F32 steps of weight decay as small as 1e-7 are
    /// rounded by element, which leaves up to 0.16 of the shrinkage behind (measured on MiniLM's rows, learning rates
    /// 1e-5 to 1e-4, decay 0.01 and 0.1). A row that was tuned finer and then rounded to a coarse type has single
    /// elements a step of twice its unit roundoff away, whose norm stays below that roundoff of the row.
    func floor(shrinkage c: Double, roundoff: Double, quantum: Double = 0) -> Double {
        (4 * roundoff + quantum + 0.25 * abs(c)) * baseSquared.squareRoot()
    }
}
