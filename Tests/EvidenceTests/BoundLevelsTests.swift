import Findings
import Statistics
import Testing

@testable import Evidence

@Suite struct BoundLevelsTests {
    /// Quantiles of the standard normal distribution.
    @Test(arguments: [(1, 1.6448536), (2, 1.9599640), (20, 2.8070338), (0, 1.6448536)])
    func `lower bounds hold for all comparisons at once, upper bounds each by itself`(comparisons: Int, lower: Double) {
        let levels = BoundLevels(comparisons: comparisons)
        #expect(agree(levels.lower, lower, within: 1e-6))
        #expect(agree(levels.upper, 1.6448536, within: 1e-6))
    }

    @Test func `what was given and what was found are families of their own`() {
        let given = [Sample.candidate("a", .known), Sample.candidate("b", .user)]
        let found = [
            Sample.candidate("c", .epur, targets: [1]), Sample.candidate("d", .phrase, targets: [0, 1]),
            Sample.candidate("e", .transformation),
        ]
        let table = Sample.table(zeros: 1, candidates: given + found)
        #expect(given.allSatisfy { table.levels(of: $0) == BoundLevels(comparisons: 4) })
        #expect(found.allSatisfy { table.levels(of: $0) == BoundLevels(comparisons: 5) })
        let fewer = Sample.table(zeros: 1, candidates: Array(given.prefix(1)) + found)
        #expect(fewer.levels(of: found[0]) == table.levels(of: found[0]), "given ones are nothing to found ones")
    }

    @Test func `more comparisons widen an interval downwards alone`() {
        let counts = [1.0, 1, 1, 1, 1, 1, 0, 0, 0, 0]
        let none = [Double](repeating: 0, count: 10)
        let one = difference(.init(first: counts, second: none), BoundLevels(comparisons: 1))
        let many = difference(.init(first: counts, second: none), BoundLevels(comparisons: 30))
        #expect(many.value == one.value && many.interval.upper == one.interval.upper)
        #expect(many.interval.lower < one.interval.lower)
    }
}
