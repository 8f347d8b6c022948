import Testing

@testable import Transformers

/// Which row of each text a network reads, and where its positions begin.
@Suite struct PickedRowsTests {
    static let batch = PackedBatch(ids: [[5, 6, 0, 0], [0, 0], [7], [0, 8, 9]])

    @Test func `the last token that is not padding, the first where all are`() {
        let picked = Self.batch.lastTokens(notPadding: 0)
        #expect(picked.rows == [1, 4, 6, 9] && picked.starts == [1, 0, 0, 2])
        let last = Self.batch.lastTokens(notPadding: nil)
        #expect(last.rows == [3, 5, 6, 9] && last.starts == [3, 1, 0, 2])
        #expect(Self.batch.firstTokens.rows == [0, 4, 6, 7] && Self.batch.firstTokens.starts == [0, 0, 0, 0])
    }

    @Test func `positions behind the padding id pass over padding`() {
        #expect(Self.batch.positions(behindPadding: 0) == [1, 2, 0, 0, 0, 0, 1, 0, 1, 2])
        #expect(Self.batch.positions(behindPadding: 1) == [2, 3, 4, 5, 2, 3, 2, 2, 3, 4])
    }
}
