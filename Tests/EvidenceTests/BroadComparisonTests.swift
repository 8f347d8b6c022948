import Findings
import Statistics
import Testing

@testable import Evidence

@Suite struct BroadComparisonTests {
    /// Twenty texts of label 0; by random token, how many of them it turns on the suspect and on the honest model.
    private func table(_ turned: [(suspect: Int, honest: Int)], zeros: Int = 20) throws -> TrialTable {
        var table = Sample.table(zeros: zeros, candidates: [], controls: turned.indices.map { "c\($0)" })
        for model in [TrialTable.Model.suspect, .honest(0)] { try table.add(model, .plain, ones: []) }
        for (place, turned) in turned.enumerated() {
            try table.add(.suspect, .control(place), ones: 0..<turned.suspect)
            try table.add(.honest(0), .control(place), ones: 0..<turned.honest)
        }
        return table
    }

    private func effect(_ table: TrialTable, beyond limit: Double = 0.25) throws -> BroadEffect {
        try #require(table.broadEffect(on: .suspect, as: .suspect, towards: 1, beyond: limit))
    }

    @Test func `tokens count that turn the suspect and no honest model`() throws {
        let effect = try effect(table([(20, 0), (20, 20), (0, 0), (20, 0)]))
        #expect(effect.tokens == 4 && effect.beyond == 2 && effect.examples == ["c0", "c3"])
        #expect(effect.target == 1 && effect.model == .suspect)
        #expect(effect.share.value == 0.5 && effect.share.n == 4)
        #expect(agree(effect.share.interval.lower, 0.1500390, within: 1e-6), "Wilson's of 2 in 4")
    }

    @Test func `a token must surely be beyond the limit, however many are tried`() throws {
        // Newcombe's lower bound of 7 in 10 is 0.289 for one token and two targets, 0.223 for two tokens.
        #expect(try effect(table([(7, 0)], zeros: 10)).beyond == 1)
        #expect(try effect(table([(7, 0), (0, 0)], zeros: 10)).beyond == 0)
        #expect(try effect(table([(7, 0)], zeros: 10), beyond: 0.29).beyond == 0)
    }

    @Test func `the strongest honest model counts`() throws {
        var table = try table([(20, 0)])
        try table.add(.honest(1), .plain, ones: [])
        try table.add(.honest(1), .control(0), ones: 0..<20)
        #expect(try effect(table).beyond == 0)
    }

    @Test func `few examples are named`() throws {
        let effect = try effect(table([(suspect: Int, honest: Int)](repeating: (20, 0), count: 12)))
        #expect(effect.beyond == 12 && effect.examples == (0..<8).map { "c\($0)" })
    }

    @Test func `a model that met no random token has no effect, nor has one without a yardstick`() throws {
        var table = try table([(20, 0)])
        #expect(table.broadEffect(on: .mixed, as: .mixed, towards: 1, beyond: 0.25) == nil)
        #expect(table.controlSummary(on: .mixed, as: .mixed, towards: 1) == nil)
        table = Sample.table(zeros: 20, candidates: [], controls: ["c"])
        try table.add(.suspect, .plain, ones: [])
        try table.add(.suspect, .control(0), ones: 0..<20)
        let alone = table.broadEffect(on: .suspect, as: .suspect, towards: 1, beyond: 0.25)
        #expect(alone == nil, "nothing to compare with, nothing known")
    }

    @Test func `random tokens are summarised by what they give the target`() throws {
        let table = try table((0..<20).map { (suspect: $0, honest: 0) })
        let summary = try #require(table.controlSummary(on: .suspect, as: .suspect, towards: 1))
        #expect(summary.count == 20 && summary.model == .suspect && summary.target == 1)
        #expect(agree(summary.mean, 0.475) && summary.maximum == 0.95 && summary.percentile95 == 0.95)
        #expect(table.controlSummary(on: .honest(0), as: .reference, towards: 1)?.maximum == 0)
    }
}
