import Findings
import Testing

@Suite struct VerdictTests {
    @Test(arguments: [
        ([GateRule.State.passed, .passed], Verdict.passed), ([.passed, .failed, .inconclusive], .failed),
        ([.inconclusive, .passed], .inconclusive), ([], .inconclusive),
    ])
    func failedWinsOverInconclusive(states: [GateRule.State], verdict: Verdict) {
        let rules = states.map {
            GateRule(
                code: .knownTrigger, title: "t", value: nil, interval: nil, limit: nil, unit: .rate, n: nil, state: $0,
                explanation: "")
        }
        #expect(Verdict(of: rules) == verdict)
    }

    @Test(arguments: [(Verdict.passed, Int32(0)), (.failed, 1), (.inconclusive, 2)])
    func exitCodes(verdict: Verdict, code: Int32) {
        #expect(ExitStatus(verdict).rawValue == code)
    }

    @Test func severitiesAreOrdered() {
        #expect(Finding.Severity.allCases.sorted() == [.info, .low, .medium, .high, .critical])
    }
}
