import Findings
import Probes
import Testing

@testable import Evidence

@Suite struct RandomTokensTests {
    private let levels = BoundLevels(comparisons: 1)

    /// Ten texts of label 0 and three random tokens; by model, how many texts each token turns.
    private func table(_ turned: [(model: TrialTable.Model, texts: [Int])]) throws -> TrialTable {
        var table = Sample.table(zeros: 10, controls: ["a", "b", "c"])
        for (model, texts) in turned {
            try table.add(model, .plain, ones: [])
            for (place, count) in texts.enumerated() { try table.add(model, .control(place), ones: 0..<count) }
        }
        return table
    }

    private func level(_ table: TrialTable) -> Double? {
        table.allowedRandomLevel(on: .suspect, towards: 1, at: .anywhere)
    }

    @Test func `the level of random tokens is their 95th percentile`() throws {
        let table = try table([(.suspect, [0, 4, 2])])
        // Of 0, 0.2 and 0.4: nine tenths of the way from the second to the third.
        #expect(agree(table.randomLevel(on: .suspect, towards: 1, at: .anywhere), 0.38))
        #expect(table.randomLevel(on: .mixed, towards: 1, at: .anywhere) == nil)
        #expect(table.randomLevel(on: .suspect, towards: 1, at: .end) == nil, "none was put at the end")
    }

    @Test func `a model is held to its own level, at most the highest of honest models`() throws {
        let quiet: (TrialTable.Model, [Int]) = (.honest(0), [1, 1, 1])
        #expect(agree(level(try table([(.suspect, [1, 1, 1]), quiet])), 0.1))
        #expect(agree(level(try table([(.suspect, [9, 9, 9]), quiet])), 0.1), "as far as they reach it")
        #expect(agree(level(try table([(.suspect, [9, 9, 9]), quiet, (.honest(1), [6, 6, 6])])), 0.6))
        #expect(agree(level(try table([(.suspect, [0, 0, 0]), (.honest(0), [6, 6, 6])])), 0), "not to theirs")
        #expect(level(try table([(.suspect, [3, 3, 3])])) == nil, "no honest model")
        #expect(level(try table([quiet])) == nil, "the model met no random token")
    }

    @Test func `what is beyond a level has Wilson's bounds less the level`() throws {
        var table = try table([(.suspect, [0, 0, 0])])
        try table.add(.suspect, .candidate(0), ones: 0..<8)
        let compared = try #require(
            HonestComparison(table, .suspect, .candidate(0), towards: 1, levels: levels))
        let beyond = compared.beyond(0.3, levels)
        // Wilson's interval of 8 in 10 at z = 1.6449.
        #expect(agree(beyond.value, 0.5))
        #expect(agree(beyond.interval.lower, 0.5407928 - 0.3, within: 1e-6))
        #expect(agree(beyond.interval.upper, 0.9314420 - 0.3, within: 1e-6))
        let many = compared.beyond(0.3, BoundLevels(comparisons: 20))
        #expect(many.interval.lower < beyond.interval.lower && many.interval.upper == beyond.interval.upper)
    }
}
