import Findings
import Testing

@testable import Reports

/// A stored verdict counts for nothing beside the rules that it is to follow from.
@Suite struct ReadJudgedTests {
    private func read(_ result: AuditResult) throws -> AuditResult {
        try ReportWriter.readJudged(ReportWriter().json(result), file: "a/result.json")
    }

    @Test(arguments: Verdict.allCases)
    func whatFollowsFromTheRulesIsRead(verdict: Verdict) throws {
        let result = SampleResult.make(verdict)
        #expect(try read(result) == result)
    }

    @Test(arguments: [(Verdict.failed, Verdict.passed), (.failed, .inconclusive), (.passed, .failed)])
    func anotherVerdictIsRefused(rules: Verdict, stored: Verdict) {
        var result = SampleResult.make(rules)
        result.verdict = stored
        let error = #expect(throws: ReportError.self) { _ = try read(result) }
        #expect(error?.code == .verdictDisagrees)
        let sentence = "its verdict on the suspect is “\(stored.rawValue)”, and its own rules give “\(rules.rawValue)”"
        #expect(error?.description.hasPrefix("a/result.json: " + sentence) == true, "\(error?.description ?? "")")
    }

    @Test(arguments: [Verdict.failed, nil])
    func thePurifiedVerdictIsRecomputedToo(stored: Verdict?) {
        var result = SampleResult.make()
        result.purifiedVerdict = stored
        let error = #expect(throws: ReportError.self) { _ = try read(result) }
        #expect(error?.description.contains("verdict on the purified model is") == true)
    }

    @Test func aVerdictWithoutRulesIsRefused() {
        var result = SampleResult.make(.passed)
        result.gate.rules = []
        #expect(throws: ReportError.self) { _ = try read(result) }
        result.verdict = .inconclusive
        #expect(throws: Never.self) { _ = try read(result) }
    }

    @Test func whatIsAcceptedDoesNotFail() throws {
        var result = SampleResult.make()
        for index in result.gate.rules.indices where result.gate.rules[index].state == .failed {
            result.gate.rules[index].accepted = .suppression
        }
        #expect(throws: ReportError.self) { _ = try read(result) }
        result.verdict = .passed
        #expect(try read(result).exitStatus == .passed)
    }
}
