import Statistics

/// One row of the word embeddings as E-PUR sees it.
public struct EmbeddingScore: Sendable, Hashable, Codable {
    /// 1 is the most anomalous.
    public let rank: Int
    /// The row, which is the token's id.
    public let id: Int
    /// ‖δ + c·b‖₂ / log(max(f, 20)).
    public let score: Double
    /// ‖δ‖₂, before the shrinkage is taken out.
    public let rawNorm: Double
    /// f: occurrences in a large corpus, or the prior's estimate of them.
    public let frequency: Double
    /// (score − median) / (1.4826·MAD) over the rows that moved; nil when fewer than 100 did.
    public let robustZ: Double?
    /// Score / 99th percentile of the moved rows' scores; nil when none moved.
    public let ratioToPercentile99: Double?
}

/// E-PUR: the rows of the word embeddings ranked by how far they moved for a token so rare.
///
/// Harmless fine-tunes move sentiment words a lot: a high rank makes a candidate, not a verdict.
public struct EmbeddingRanking: Sendable, Hashable, Codable {
    /// The suspect's name of the matrix, untrusted text.
    public let tensor: String
    /// Rows that were scored: all but the base's special tokens and rows with NaN or infinity.
    public let scoredRows: Int
    /// Scored rows that moved above the floor of rounding and shrinkage.
    public let movedRows: Int
    /// Rows of the suspect that the base lacks, which cannot be scored.
    public let addedRows: Int
    /// Rows with NaN or infinity in either model, special tokens included.
    public let nonFiniteRows: [Int]
    /// Fitted shrinkage c of untouched rows, δ ≈ −c·b; 0 without weight decay.
    public let shrinkage: Double
    /// Ids that E-PUR resets to the base's rows, most anomalous first; never a row that is equal in both models.
    public let resetRows: [Int]
    /// Score of the last row that is reset; 0 when none is.
    public let threshold: Double
    /// Median score of the moved rows; nil when none moved.
    public let median: Double?
    /// 99th percentile of the moved rows' scores; nil when none moved.
    public let percentile99: Double?
    /// The rows of highest score, best first.
    public let rows: [EmbeddingScore]

    /// A robust z needs at least as many moved rows.
    public static let movedRowsForZ = 100
    /// Frequencies below this one count as this one.
    public static let frequencyFloor = 20.0

    /// Rows that E-PUR resets by default: 1 % of the scored ones, at most 200 and at least 5.
    public static func defaultResetCount(scoredRows: Int) -> Int {
        min(scoredRows, max(5, min(200, scoredRows / 100)))
    }

    /// Scores and ranks the rows.
    ///
    /// - Parameters:
    ///   - measured: sums of every row.
    ///   - special: ids of the **base's** special tokens, never scored and never reset. What is special in the suspect
    ///     alone is scored, or a trigger could hide there.
    ///   - frequencies: f by id; an id without one counts as rare.
    ///   - resetCount: how many rows to reset; nil for ``defaultResetCount(scoredRows:)``.
    ///   - listed: how many of `rows` to keep, at least.
    public init(
        _ measured: EmbeddingRows, special: Set<Int>, frequencies: [Double], resetCount: Int? = nil,
        listed: Int = 200
    ) {
        let shrinkage = Self.shrinkage(of: measured.rows)
        var isScored = measured.rows.map(\.isFinite)
        for id in special where isScored.indices.contains(id) { isScored[id] = false }
        var scored: [(id: Int, score: Double)] = []
        var moved: [Double] = []
        for (id, row) in measured.rows.enumerated() where isScored[id] {
            let residual = row.residual(shrinkage: shrinkage)
            let score = residual / Self.divisor(id, frequencies)
            scored.append((id, score))
            let floor = row.floor(shrinkage: shrinkage, roundoff: measured.roundoff, quantum: measured.quantum)
            if residual > floor { moved.append(score) }
        }
        moved.sort()
        let scale = moved.count >= Self.movedRowsForZ ? RobustScale(moved) : nil
        let percentile99 = percentile(sorted: moved, 0.99)
        let wanted = min(max(0, resetCount ?? Self.defaultResetCount(scoredRows: scored.count)), scored.count)
        let best = Self.best(max(listed, wanted), of: scored, moved: moved)
        let reset = best.prefix(wanted).filter { measured.rows[$0.id].deltaSquared > 0 }
        tensor = measured.tensor
        scoredRows = scored.count
        movedRows = moved.count
        addedRows = measured.added
        nonFiniteRows = measured.rows.indices.filter { !measured.rows[$0].isFinite }
        self.shrinkage = shrinkage
        resetRows = reset.map(\.id)
        threshold = reset.last?.score ?? 0
        median = percentile(sorted: moved, 0.5)
        self.percentile99 = percentile99
        rows = best.enumerated().map { index, item in
            EmbeddingScore(
                rank: index + 1, id: item.id, score: item.score,
                rawNorm: measured.rows[item.id].deltaSquared.squareRoot(),
                frequency: frequencies.indices.contains(item.id) ? frequencies[item.id] : Self.frequencyFloor,
                robustZ: scale?.z(item.score),
                ratioToPercentile99: percentile99.flatMap { $0 > 0 ? item.score / $0 : nil })
        }
    }
}
