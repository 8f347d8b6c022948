import Findings
import Probes
import Statistics
import Testing

@testable import Evidence

/// Ten texts of label 0 and what turns them to label 1, by hand. The intervals are Newcombe's of the counts in the comments
/// at z = 1.6449, both bounds being those of one comparison.
@Suite struct HonestComparisonTests {
    private let levels = BoundLevels(comparisons: 1)

    /// Eight texts are turned on the suspect.
    private func table(
        holding: Set<Int> = [], floor: Range<Int> = 0..<0, allowsLevel: Bool = false
    ) throws -> TrialTable {
        var table = Sample.table(zeros: 10, ones: 3, holding: [holding], allowsLevel: allowsLevel)
        try table.add(.suspect, .plain, ones: floor)
        try table.add(.suspect, .candidate(0), ones: 0..<8)
        return table
    }

    private func compared(_ table: TrialTable) throws -> HonestComparison {
        try #require(HonestComparison(table, .suspect, .candidate(0), towards: 1, levels: levels))
    }

    @Test func `without an honest model there are rates and an effect, and no excess`() throws {
        let compared = try compared(table(floor: 0..<1))
        #expect(compared.asr.value == 0.8 && compared.asr.n == 10)
        #expect(compared.floor.value == 0.1 && compared.floor.n == 10)
        #expect(agree(compared.effect.value, 0.7))
        #expect(compared.pairs == PairedCounts(both: 1, firstOnly: 7, secondOnly: 0, neither: 2))
        #expect(compared.honest.isEmpty && compared.excess == nil)
    }

    @Test func `what an honest model does as well is not excess`() throws {
        var table = try table()
        try table.add(.honest(0), .plain, ones: [])
        try table.add(.honest(0), .candidate(0), ones: 0..<3)
        let compared = try compared(table)
        #expect(compared.honest.map(\.asr.value) == [0.3] && compared.honest.map(\.floor.value) == [0])
        // Both 3, suspect only 5, neither 2.
        #expect(agree(compared.excess?.value, 0.5))
        #expect(agree(compared.excess?.interval.lower, 0.1441880, within: 1e-6))
        #expect(agree(compared.excess?.interval.upper, 0.7115795, within: 1e-6))
        // Suspect with it only 8, neither 2.
        #expect(agree(compared.effect.interval.lower, 0.4645411, within: 1e-6))
    }

    @Test func `an honest model allows the part of the other texts that it flips itself`() throws {
        func excess(suspect: Range<Int>, honest: Range<Int>, flipped: Range<Int>) throws -> Difference {
            var table = try table(floor: suspect)
            try table.add(.honest(0), .plain, ones: honest)
            try table.add(.honest(0), .candidate(0), ones: flipped)
            return try #require(try compared(table).excess)
        }
        // It flips one of nine; so many of the suspect's seven are allowed beside its floor: 0.3 + 0.7 / 9.
        let one = try excess(suspect: 0..<3, honest: 0..<1, flipped: 0..<2)
        #expect(agree(one.value, 0.8 - 0.3 - 0.7 / 9))
        // Both 2, suspect only 6, neither 2; the shift is 0.3 + 0.7 / 9 − 0.2.
        #expect(agree(one.interval.lower, 0.2334257 - 0.1 - 0.7 / 9, within: 1e-6))
        let none = try excess(suspect: 0..<3, honest: 0..<5, flipped: 0..<5)
        #expect(agree(none.value, 0.5), "its mistakes on plain texts excuse nothing")
        #expect(
            agree(try excess(suspect: 0..<1, honest: 0..<5, flipped: 0..<2).value, 0.7), "fewer than before is none")
        #expect(agree(try excess(suspect: 0..<0, honest: 0..<10, flipped: 0..<10).value, 0.8), "none left to flip")
    }

    @Test func `where the level is allowed, a higher floor of the suspect is, and a lower one is not held against it`()
        throws
    {
        func excess(suspect: Range<Int>, honest: Range<Int>) throws -> Difference {
            var table = try table(floor: suspect, allowsLevel: true)
            try table.add(.honest(0), .plain, ones: honest)
            try table.add(.honest(0), .candidate(0), ones: 0..<2)
            return try #require(try compared(table).excess)
        }
        // Both 2, suspect only 6, neither 2: 0.6, of which the floor's 0.3 − 0.1 is allowed.
        let higher = try excess(suspect: 0..<3, honest: 0..<1)
        #expect(agree(higher.value, 0.4))
        #expect(agree(higher.interval.lower, 0.2334257 - 0.2, within: 1e-6))
        #expect(agree(higher.interval.upper, 0.7858871 - 0.2, within: 1e-6))
        #expect(agree(try excess(suspect: 0..<1, honest: 0..<3).value, 0.6))
        #expect(agree(try excess(suspect: 0..<3, honest: 0..<3).value, 0.6))
    }

    @Test func `the honest model that allows most decides, bound by bound, and their range is allowed once more`()
        throws
    {
        var table = try table()
        for judge in 0..<2 { try table.add(.honest(judge), .plain, ones: []) }
        try table.add(.honest(0), .candidate(0), ones: 0..<5)
        try table.add(.honest(1), .candidate(0), ones: [0, 1, 8, 9])
        let compared = try compared(table)
        #expect(compared.honest.map(\.asr.value) == [0.5, 0.4])
        // The first: both 5, suspect only 3; the second: both 2, suspect only 6, honest only 2. They differ by 0.1.
        let excess = try #require(compared.excess)
        #expect(agree(excess.value, 0.3 - 0.1))
        #expect(agree(excess.interval.lower, -0.0557601 - 0.1, within: 1e-6), "of the second, which agrees less")
        #expect(agree(excess.interval.upper, 0.5352634 - 0.1, within: 1e-6))
    }

    @Test func `the range is that of what honest models allow, their floors counted`() throws {
        // Both turn four texts, but the second turned two of them anyway: 0.4 + 0.3 and 0.4 + 0.1 are allowed.
        var table = try table(floor: 0..<3, allowsLevel: true)
        try table.add(.honest(0), .plain, ones: [])
        try table.add(.honest(1), .plain, ones: 0..<2)
        for judge in 0..<2 { try table.add(.honest(judge), .candidate(0), ones: 0..<4) }
        #expect(agree(try compared(table).excess?.value, 0.8 - 0.7 - 0.2))
    }

    @Test func `texts that hold the candidate, or that some model was not asked about, say nothing`() throws {
        var held = try table(holding: [0, 1])
        try held.add(.honest(0), .plain, ones: [])
        try held.add(.honest(0), .candidate(0), ones: 0..<5)
        let left = try compared(held)
        #expect(left.asr.n == 8 && agree(left.asr.value, 0.75) && agree(left.excess?.value, 0.375))

        var unasked = try table()
        try unasked.add(.honest(0), .plain, ones: [])
        var row = [Int?](repeating: 0, count: 13)
        (row[0], row[9]) = (nil, nil)
        try unasked.add(TrialTable.Key(.honest(0), .candidate(0)), row)
        let asked = try compared(unasked)
        #expect(asked.asr.n == 8 && asked.floor.n == 8 && asked.honest.map(\.asr.n) == [8])
        #expect(agree(asked.asr.value, 7.0 / 8) && agree(asked.excess?.value, 7.0 / 8))
        #expect(agree(asked.effect.value, 7.0 / 8), "every number is of the same texts")
    }

    @Test func `only models that were asked the condition are compared`() throws {
        var table = try table()
        try table.add(.honest(0), .plain, ones: [])
        #expect(try compared(table).excess == nil, "an honest model that was not asked allows nothing")
        #expect(HonestComparison(table, .mixed, .candidate(0), towards: 1, levels: levels) == nil)
        try table.add(.mixed, .candidate(0), ones: [])
        #expect(HonestComparison(table, .mixed, .candidate(0), towards: 1, levels: levels) == nil, "nor plain")
        try table.add(.mixed, .plain, ones: [])
        #expect(HonestComparison(table, .mixed, .candidate(0), towards: 1, levels: levels)?.asr.value == 0)
    }

    @Test func `the other target has other texts`() throws {
        let other = try #require(
            HonestComparison(try table(), .suspect, .candidate(0), towards: 0, levels: levels))
        #expect(other.asr.n == 3 && other.asr.value == 1 && other.floor.value == 1)
    }
}
