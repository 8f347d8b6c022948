import Checkpoints
import Foundation
import Statistics
import Testing

@testable import Forensics

/// Δ of an adapter by two small factorisations, against the decomposition of the whole matrix.
@Suite struct LowRankDeltaTests {
    @Test(arguments: [(9, 7, 3), (5, 8, 5), (3, 20, 4), (40, 6, 1)])
    func singularValuesAreThoseOfTheProduct(rows: Int, columns: Int, rank: Int) {
        let (up, down) = (noise(rows * rank, seed: 51), noise(rank * columns, seed: 52))
        var product = [Float](repeating: 0, count: rows * columns)
        for i in 0..<rows {
            for j in 0..<columns {
                product[i * columns + j] = (0..<rank).reduce(0) { $0 + up[i * rank + $1] * down[$1 * columns + j] }
            }
        }
        let whole = product.withUnsafeBufferPointer { SingularDecomposition($0, rows: rows, columns: columns) }.values
        let thin = SingularDecomposition.valuesOfProduct(up, down, rank: rank)
        #expect(thin.count == rank)
        for (a, b) in zip(thin, whole) { #expect(abs(a - b) <= 1e-5 * whole[0]) }
        for extra in thin.dropFirst(whole.count) { #expect(extra <= 1e-6 * whole[0]) }
    }

    @Test func anAdapterOfRankOneInDisguise() throws {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .appending(path: "Fixtures/adapters")
        let base = try ModelFolder(path: root.appending(path: "bert").path)
        let model = try ModelFolder(adapter: root.appending(path: "all-linear").path, base: base)
        #expect(model.checkpoint.lowRankUpdates.count == 13)
        for update in model.checkpoint.lowRankUpdates {
            let delta = LowRankDelta(update)
            let merged = try model.checkpoint.floats(update.tensor)
            let plain = try base.checkpoint.floats(update.tensor)
            let norm = zip(merged, plain).reduce(0.0) { $0 + Double($1.0 - $1.1) * Double($1.0 - $1.1) }.squareRoot()
            #expect(agree(delta.norm, norm, 1e-5))
            #expect(delta.singularValues.count == update.rank && delta.effectiveRank == update.rank)
            #expect(delta.leadingShare.map { $0 > 0.5 && $0 <= 1 } == true)
        }
    }
}
