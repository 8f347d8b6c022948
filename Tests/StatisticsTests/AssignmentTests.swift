import Testing

@testable import Statistics

@Suite struct AssignmentTests {
    /// The heaviest total of all assignments, one by one.
    private func heaviest(_ weights: [[Int]], row: Int = 0, taken: Set<Int> = []) -> Int {
        guard row < weights.count else { return 0 }
        return weights.indices.filter { !taken.contains($0) }.map { column in
            weights[row][column] + heaviest(weights, row: row + 1, taken: taken.union([column]))
        }.max() ?? 0
    }

    @Test func itIsAsHeavyAsTheHeaviestOfAll() {
        var state: UInt64 = 7
        func next(_ bound: UInt64) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int((state >> 33) % bound)
        }
        for trial in 0..<300 {
            let count = 1 + trial % 7
            let bound: UInt64 = trial % 2 == 0 ? 4 : 1_000
            let weights = (0..<count).map { _ in (0..<count).map { _ in next(bound) - Int(bound) / 4 } }
            let assignment = heaviestAssignment(weights)
            #expect(assignment.sorted() == Array(0..<count))
            #expect(assignment.enumerated().reduce(0) { $0 + weights[$1.offset][$1.element] } == heaviest(weights))
        }
    }

    @Test func nothingIsAssignedToNothing() {
        #expect(heaviestAssignment([]).isEmpty)
        #expect(heaviestAssignment([[-3]]) == [0])
    }
}
