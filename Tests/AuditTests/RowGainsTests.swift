import Probes
import Tensors
import Testing

@testable import Audit

@Suite struct RowGainsTests {
    private func table(_ rows: [[Float]]) -> EmbeddingTable {
        let values = FloatBuffer(count: rows.joined().count)
        for (index, value) in rows.joined().enumerated() { values.floats[index] = value }
        return EmbeddingTable(values, rows: rows.count, columns: rows.first?.count ?? 0)
    }

    @Test func `rows are ranked by what their change takes off the loss`() {
        let base = table([[1, 0], [1, 0], [1, 0], [1, 0]])
        // The loss falls along −x: row 1 moved so by 2, row 3 by 1, row 2 away from it, row 0 only across.
        let suspect = table([[1, 5], [-1, 0], [3, 0], [0, 0]])
        let gains = RowGains(suspect: suspect, base: base, shrinkage: 0)
        #expect(gains.best(10, of: [0, 1, 2, 3], gradient: [1, 0]) == [1, 3])
        #expect(gains.best(1, of: [0, 1, 2, 3], gradient: [1, 0]) == [1])
        #expect(gains.best(10, of: [0, 2, 3, 9], gradient: [1, 0]) == [3])
        #expect(gains.best(10, of: [0, 1, 2, 3], gradient: [-1, 0]) == [2])
    }

    @Test func `weight decay of rows that were not touched is no gain, and a new row moved from zero`() {
        let base = table([[2, 0], [4, 0]])
        let suspect = table([[1, 0], [1.5, 0], [-3, 0]])
        let gains = RowGains(suspect: suspect, base: base, shrinkage: 0.5)
        #expect(gains.best(10, of: [0, 1, 2], gradient: [1, 0]) == [2, 1])
    }
}
