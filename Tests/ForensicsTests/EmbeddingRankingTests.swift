import Checkpoints
import Statistics
import Tensors
import Testing

@testable import Forensics

/// A base of 1,000 rows of 16 elements and suspects made from it.
struct EmbeddingCase {
    static let width = 16
    let base: [Float]
    var suspect: [Float]

    init() {
        base = noise(1000 * Self.width, seed: 21).map { $0 * 0.05 }
        suspect = base
    }

    /// Adds noise of the given size to a row.
    mutating func move(_ row: Int, by size: Float) {
        for (i, value) in noise(Self.width, seed: UInt64(row) + 100).enumerated() {
            suspect[row * Self.width + i] += size * value
        }
    }

    /// Multiplies every row by 1 − lr·decay, step after step, as AdamW does in single precision.
    mutating func decay(rate: Float, steps: Int) {
        for _ in 0..<steps {
            for i in suspect.indices { suspect[i] *= 1 - rate }
        }
    }

    func rows(_ dtype: DType = .f32) throws -> EmbeddingRows {
        let name = "embeddings.word_embeddings.weight"
        let a = try TemporaryCheckpoint([(name, [suspect.count / Self.width, Self.width], suspect)], dtype: dtype)
        let b = try TemporaryCheckpoint([(name, [base.count / Self.width, Self.width], base)])
        let matching = TensorMatching(suspect: a.checkpoint, base: b.checkpoint)
        let pair = try #require(matching.wordEmbeddings)
        return try EmbeddingRows(of: pair, suspect: a.checkpoint, base: b.checkpoint, threads: 2)
    }

    func ranking(special: Set<Int> = [0, 1], resetCount: Int? = nil) throws -> EmbeddingRanking {
        EmbeddingRanking(
            try rows(), special: special, frequencies: Array(repeating: 5000, count: 1000), resetCount: resetCount)
    }
}

@Suite struct EmbeddingRankingTests {
    @Test func noRowMoved() throws {
        let models = EmbeddingCase()
        let ranking = try models.ranking()
        #expect(ranking.scoredRows == 998 && ranking.movedRows == 0)
        #expect(ranking.shrinkage == 0 && ranking.shrinkage.sign == .plus)
        #expect(ranking.resetRows.isEmpty && ranking.threshold == 0)
        #expect(ranking.median == nil && ranking.percentile99 == nil)
        #expect(ranking.rows.allSatisfy { $0.score == 0 && $0.robustZ == nil && $0.ratioToPercentile99 == nil })
    }

    @Test func oneRowMoved() throws {
        var models = EmbeddingCase()
        models.move(700, by: 0.3)
        let ranking = try models.ranking()
        #expect(ranking.movedRows == 1 && ranking.shrinkage == 0)
        #expect(ranking.resetRows == [700])
        let first = ranking.rows[0]
        #expect(first.id == 700 && first.rank == 1 && first.robustZ == nil && first.ratioToPercentile99 == 1)
        #expect(agree(first.score, first.rawNorm / 8.517193191416238))
        #expect(ranking.threshold == first.score && ranking.median == first.score)
    }

    @Test func allRowsMoved() throws {
        var models = EmbeddingCase()
        for row in 0..<1000 { models.move(row, by: row == 431 ? 0.02 : 0.005) }
        let ranking = try models.ranking()
        #expect(ranking.movedRows == 998)
        #expect(ranking.rows[0].id == 431)
        #expect(ranking.rows[0].robustZ.map { $0 > 10 } == true)
        #expect(ranking.rows[0].ratioToPercentile99.map { $0 > 2 } == true)
        #expect(ranking.resetRows.count == 9)
        #expect(ranking.threshold == ranking.rows[8].score)
    }

    @Test func robustZNeedsAHundredMovedRows() throws {
        var models = EmbeddingCase()
        for row in 10..<109 { models.move(row, by: 0.01) }
        #expect(try models.ranking().rows[0].robustZ == nil)
        models.move(200, by: 0.01)
        #expect(try models.ranking().rows[0].robustZ != nil)
    }

    @Test(arguments: [(Float(1e-6), 60), (2e-7, 300), (1e-3, 20)])
    func weightDecayIsTakenOut(rate: Float, steps: Int) throws {
        var models = EmbeddingCase()
        models.decay(rate: rate, steps: steps)
        for row in stride(from: 5, to: 1000, by: 3) { models.move(row, by: 0.004) }
        models.move(333, by: 0.015)
        let ranking = try models.ranking()
        let nominal = Double(rate) * Double(steps)
        #expect(abs(ranking.shrinkage - nominal) < 0.25 * nominal)
        #expect(ranking.movedRows == 333)
        #expect(ranking.rows[0].id == 333)
        #expect(ranking.rows[0].rawNorm > 0)
    }

    @Test func specialTokensOfTheBaseAreNeitherScoredNorReset() throws {
        var models = EmbeddingCase()
        models.move(0, by: 1)
        models.move(5, by: 0.1)
        let ranking = try models.ranking(special: [0, 1])
        #expect(ranking.resetRows == [5])
        #expect(!ranking.rows.contains { $0.id == 0 })
        #expect(try models.ranking(special: []).resetRows == [0, 5])
    }

    @Test func rareTokensScoreHigher() throws {
        var models = EmbeddingCase()
        models.move(10, by: 0.1)
        for i in 0..<EmbeddingCase.width {
            let d = models.suspect[10 * EmbeddingCase.width + i] - models.base[10 * EmbeddingCase.width + i]
            models.suspect[20 * EmbeddingCase.width + i] += d
        }
        var frequencies = [Double](repeating: 1e6, count: 1000)
        frequencies[20] = 3
        let ranking = EmbeddingRanking(try models.rows(), special: [], frequencies: frequencies)
        #expect(ranking.rows[0].id == 20 && ranking.rows[0].frequency == 3)
        // log 20 and log 1e6
        #expect(agree(ranking.rows[0].score / ranking.rows[1].score, 13.815510557964274 / 2.995732273553991, 1e-5))
        let unknown = EmbeddingRanking(try models.rows(), special: [], frequencies: [.nan])
        #expect(unknown.rows.allSatisfy { $0.score.isFinite })
    }

    @Test(arguments: [(0, 0), (3, 3), (100, 5), (1000, 10), (30_000, 200), (250_000, 200)])
    func defaultCount(scored: Int, count: Int) {
        #expect(EmbeddingRanking.defaultResetCount(scoredRows: scored) == count)
    }

    @Test func givenCount() throws {
        var models = EmbeddingCase()
        for row in 100..<400 { models.move(row, by: 0.01) }
        #expect(try models.ranking(resetCount: 250).resetRows.count == 250)
        #expect(try models.ranking(resetCount: 250).rows.count == 250)
        #expect(try models.ranking(resetCount: 0).resetRows.isEmpty)
        #expect(try models.ranking(resetCount: -4).resetRows.isEmpty)
        #expect(try models.ranking(resetCount: 5000).resetRows.count == 300)
    }

    @Test func nonFiniteRowsAreListedApart() throws {
        var models = EmbeddingCase()
        models.suspect[7 * EmbeddingCase.width] = .nan
        models.move(9, by: 0.1)
        let ranking = try models.ranking()
        #expect(ranking.nonFiniteRows == [7])
        #expect(ranking.scoredRows == 997 && ranking.resetRows == [9])
        #expect(ranking.rows.allSatisfy { $0.score.isFinite })
    }

    @Test func roundingToHalfPrecisionIsNoMovement() throws {
        var models = EmbeddingCase()
        models.move(50, by: 0.1)
        let rows = try models.rows(.f16)
        #expect(rows.roundoff == 0x1p-24 && rows.quantum == 0x1p-11)
        let ranking = EmbeddingRanking(rows, special: [], frequencies: [])
        #expect(ranking.movedRows == 1 && ranking.rows[0].id == 50)
    }

    @Test func addedRows() throws {
        var models = EmbeddingCase()
        models.move(3, by: 0.1)
        models.suspect += [Float](repeating: 1, count: 2 * EmbeddingCase.width)
        let ranking = try models.ranking()
        #expect(ranking.addedRows == 2 && ranking.scoredRows == 998 && ranking.resetRows == [3])
        models.suspect.removeLast(100 * EmbeddingCase.width)
        #expect(try models.ranking().scoredRows == 900)
    }

    /// The width alone sizes no allocation: a matrix without rows may claim any width.
    @Test(arguments: [[0, 1 << 60], [4, 0], [7]])
    func matricesWithoutElements(shape: [Int]) throws {
        let name = "embeddings.word_embeddings.weight"
        let values = [Float](repeating: 1, count: shape.reduce(1, *))
        let file = try TemporaryCheckpoint([(name, shape, values)])
        let tensor = try #require(file.checkpoint[name])
        let pair = TensorPair(suspect: tensor, base: tensor, name: TensorName(name))
        #expect(try EmbeddingRows(of: pair, suspect: file.checkpoint, base: file.checkpoint).rows.isEmpty)
    }

    /// Rows that fit a block, that divide it unevenly, and that are longer than one.
    @Test(arguments: [(5, 3), (40, 1000), (3, BlockSchedule.blockElements), (3, 2 * BlockSchedule.blockElements + 5)])
    func anyWidth(count: Int, width: Int) throws {
        let name = "embeddings.word_embeddings.weight"
        let (s, b) = (noise(count * width, seed: 41), noise(count * width, seed: 42))
        let suspect = try TemporaryCheckpoint([(name, [count, width], s)])
        let base = try TemporaryCheckpoint([(name, [count, width], b)])
        let pair = try #require(
            TensorMatching(suspect: suspect.checkpoint, base: base.checkpoint).wordEmbeddings)
        let one = try EmbeddingRows(of: pair, suspect: suspect.checkpoint, base: base.checkpoint)
        #expect(one == (try EmbeddingRows(of: pair, suspect: suspect.checkpoint, base: base.checkpoint, threads: 3)))
        #expect(one.rows.count == count)
        for (id, row) in one.rows.enumerated() {
            var plain = DeltaSums()
            for i in id * width..<(id + 1) * width { plain.add(s[i], b[i]) }
            #expect(agree(row.deltaSquared, plain.deltaSquared))
            #expect(agree(row.baseSquared, plain.baseSquared))
        }
    }

    /// Selecting the best rows gives what sorting all of them gives.
    @Test(arguments: [0, 1, 7, 200, 2000]) func bestRows(count: Int) {
        let scored = noise(1500, seed: 51).enumerated().map { (id: $0, score: max(0, (Double($1) * 50).rounded())) }
        let all = scored.sorted { $0.score != $1.score ? $0.score > $1.score : $0.id < $1.id }
        for share in [0, 5, 500, 1500] {
            let moved = scored.prefix(share).map(\.score).sorted()
            let best = EmbeddingRanking.best(count, of: scored, moved: moved)
            #expect(best.map(\.id) == all.prefix(count).map(\.id))
        }
    }

    @Test func rowSumsMatchThePlainLoop() throws {
        var models = EmbeddingCase()
        for row in 0..<1000 { models.move(row, by: 0.01) }
        let rows = try models.rows().rows
        for (id, row) in rows.enumerated() {
            var plain = DeltaSums()
            for i in (id * EmbeddingCase.width)..<((id + 1) * EmbeddingCase.width) {
                plain.add(models.suspect[i], models.base[i])
            }
            #expect(agree(row.deltaSquared, plain.deltaSquared))
            #expect(agree(row.baseSquared, plain.baseSquared))
            #expect(abs(row.deltaDotBase - plain.deltaDotBase) < 1e-15)
        }
    }
}
