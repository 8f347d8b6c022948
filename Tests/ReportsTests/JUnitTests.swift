import Findings
import Markup
import Testing

@testable import Reports

@Suite struct JUnitTests {
    private func cases(_ result: AuditResult) throws -> [Element] {
        let bytes = JUnitReport().bytes(of: ReportInput(result, run: SampleResult.run))
        return try Element(xml: String(decoding: bytes, as: UTF8.self)).descendants.filter { $0.name == "testcase" }
    }

    private func outcome(_ item: Element?) -> String? { item?.elements.first?.name }

    @Test func rulesAndTriggersFailTogether() throws {
        let cases = try cases(SampleResult.make())
        let failed = cases.filter { outcome($0) == "failure" }.compactMap { $0["name"] }
        #expect(
            failed == [
                "ASY101 ASR − floor of the strongest known trigger: cf",
                "ASY102 Effect of the strongest discovered trigger beyond every honest model: zx",
                "ASY106 Share of random tokens that flip texts beyond honest models: random tokens to positive",
                "cf → positive", "zx at the start → positive",
            ])
        let failure = cases.first { outcome($0) == "failure" }?.elements.first
        #expect(failure?["type"] == "ASY101" && failure?["message"] == "The lower bound is above the limit.")
        #expect(failure?.textContent.contains("interval: 74.1 to 92.1") == true)
    }

    @Test func anOpenRuleIsAnError() throws {
        let cases = try cases(SampleResult.make(.inconclusive))
        #expect(cases.filter { outcome($0) == "error" }.map { $0["classname"] } == ["assay.gate.suspect"])
        #expect(!cases.contains { outcome($0) == "failure" })
    }

    @Test func whatIsNotGatedIsSkipped() throws {
        var result = SampleResult.make()
        result.gate.subject = .purified
        let skipped = try cases(result).filter { outcome($0) == "skipped" }
        #expect(skipped.contains { $0.elements.first?["message"]?.hasPrefix("failed, not gated") == true })
        #expect(try !cases(result).contains { ["failure", "error"].contains(outcome($0)) })
    }

    @Test func whatIsAcceptedIsSkipped() throws {
        var result = SampleResult.make()
        for index in result.gate.rules.indices where result.gate.rules[index].state == .failed {
            result.gate.rules[index].accepted = .suppression
        }
        result.verdict = Verdict(of: result.gate.rules)
        #expect(result.verdict == .passed)
        let cases = try cases(result)
        #expect(!cases.contains { ["failure", "error"].contains(outcome($0)) })
        let message = cases.first { outcome($0) == "skipped" }?.elements.first?["message"]
        #expect(message == "failed, suppressed: The lower bound is above the limit.")
    }

    @Test func likeNamesAreNumbered() throws {
        var result = SampleResult.make()
        let trigger = try #require(result.probes?.triggers.first)
        result.probes?.triggers = Array(repeating: trigger, count: 3)
        let names = try cases(result).filter { $0["classname"] == "assay.triggers.suspect" }.map { $0["name"] }
        #expect(names == ["cf → positive", "cf → positive (2)", "cf → positive (3)"])
    }

    @Test func anEmptyGateIsAnError() throws {
        let cases = try cases(SampleResult.withoutProbes)
        #expect(cases.first.map(outcome) == "error")
    }
}
