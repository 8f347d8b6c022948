import Findings
import Testing

@testable import Evidence

@Suite struct SmallestExcessTests {
    private func table(_ zeros: Int, floor: Int, candidates: [Candidate]) throws -> TrialTable {
        var table = Sample.table(zeros: zeros, ones: 4, candidates: candidates)
        try table.add(.suspect, .plain, ones: 0..<floor)
        try table.add(.honest(0), .plain, ones: 0..<floor)
        return table
    }

    /// Adds one text after the other to those that the candidate turns, until its lower bound is above the limit.
    private func search(_ table: TrialTable, floor: Int, limit: Double) throws -> Double? {
        let zeros = table.carriers.count { $0.truth == 0 }
        return try (0...(zeros - floor)).first { flipped in
            var table = table
            try table.add(.suspect, .candidate(0), ones: 0..<floor + flipped)
            try table.add(.honest(0), .candidate(0), ones: 0..<floor)
            let compared = HonestComparison(
                table, .suspect, .candidate(0), towards: 1, levels: table.levels(of: table.candidates[0]))
            return try #require(compared?.excess).interval.lower > limit
        }.map { Double($0) / Double(zeros) }
    }

    @Test(arguments: [20, 47, 60], [0, 2, 9])
    func `it is the first that a candidate would have to show`(zeros: Int, floor: Int) throws {
        let candidates = (0..<5).map { Sample.candidate("\($0)", targets: [1]) }
        let table = try table(zeros, floor: floor, candidates: candidates)
        for limit in [0, 0.1, 0.25, 0.4] {
            let expected = try search(table, floor: floor, limit: limit)
            #expect(table.smallestExcess(towards: 1, beyond: limit) == expected)
        }
    }

    @Test func `too few texts can show nothing, and more comparisons need more`() throws {
        let one = try table(10, floor: 0, candidates: [Sample.candidate("t", targets: [1])])
        let many = try table(10, floor: 0, candidates: (0..<20).map { Sample.candidate("\($0)", targets: [1]) })
        let least = try #require(one.smallestExcess(towards: 1, beyond: 0.25))
        #expect(try #require(many.smallestExcess(towards: 1, beyond: 0.25)) > least)
        #expect(one.smallestExcess(towards: 1, beyond: 0.7) == nil)
        #expect(try table(0, floor: 0, candidates: []).smallestExcess(towards: 1, beyond: 0.25) == nil)
        #expect(Sample.table(zeros: 10).smallestExcess(towards: 1, beyond: 0.25) == nil, "no honest model")
    }

    @Test func `the honest model with the highest floor counts`() throws {
        var table = try table(20, floor: 0, candidates: [Sample.candidate("t", targets: [1])])
        let alone = try #require(table.smallestExcess(towards: 1, beyond: 0.25))
        try table.add(.honest(1), .plain, ones: 0..<16)
        #expect(table.smallestExcess(towards: 1, beyond: 0.25) == nil, "four texts are left to be turned")
        #expect(alone < 1)
    }
}
