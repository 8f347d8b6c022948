import Testing

@testable import Transformers

/// Which texts share their beginnings, and how they are cut into batches.
@Suite struct PromptOrderTests {
    static let texts: [[Int32]] = [[4, 1], [2, 3, 9, 5], [2, 3, 7], [4, 1], [2, 3, 9, 5, 6], [], [2]]
    static let order = PromptOrder(texts, [0, 1, 2, 3, 4, 6])

    @Test func `texts that begin alike are neighbours and share all but what is read`() {
        let order = Self.order
        #expect(order.indices == [6, 2, 1, 4, 0, 3])
        let places = order.indices.indices
        #expect(places.map { order.sharedCount($0, from: 0) } == [0, 1, 2, 4, 0, 1])
        #expect(places.map { order.newCount($0, from: 0) } == [1, 2, 2, 1, 2, 1])
        // The first of a run has nothing to share with.
        #expect(order.sharedCount(3, from: 3) == 0 && order.newCount(3, from: 3) == 5)
        let two = PromptOrder(Self.texts, [1, 4], unshared: { _ in 2 })
        #expect(two.sharedCount(1, from: 0) == 3)
    }

    @Test func `batches keep their limits, and every place is in one`() {
        func batches(_ limits: PromptOrder.Limits, reserve: Int = 0) -> [Range<Int>] {
            Self.order.batches(limits) { _ in reserve }
        }
        #expect(batches(.init(tokens: 100)) == [0..<6])
        #expect(batches(.init(tokens: 5)) == [0..<3, 3..<4, 4..<6])
        #expect(batches(.init(tokens: 1)) == [0..<1, 1..<2, 2..<3, 3..<4, 4..<5, 5..<6])
        #expect(batches(.init(tokens: 100, texts: 4)) == [0..<3, 3..<6])
        #expect(batches(.init(tokens: 100, rows: 13), reserve: 2) == [0..<3, 3..<5, 5..<6])
        #expect(Self.order.passes(1..<6, tokens: 6) == [1..<4, 4..<6])
        #expect(PromptOrder([], []).batches(.init(tokens: 5)).isEmpty)
    }
}
