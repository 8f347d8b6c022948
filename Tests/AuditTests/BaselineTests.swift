import Files
import Findings
import Testing

@testable import Audit

@Suite struct BaselineTests {
    private typealias Sample = GateSample

    /// A result in which these known triggers have these effects.
    private func result(_ triggers: (String, Difference)...) -> AuditResult {
        Sample.result(Sample.input(Sample.probes(triggers.map { Sample.known($0.0, $0.1) })))
    }

    private func judged(_ now: AuditResult, against before: AuditResult) throws -> AuditResult {
        var options = GateOptions()
        options.baseline = Baseline(before, bytes: Array("{}".utf8), path: "earlier/last.json")
        return try GateTerms(options, kind: now.kind).judge(now)
    }

    private func statuses(_ result: AuditResult) -> [BaselineComparison.Status]? {
        result.baseline?.entries.filter { $0.part == .gate }.map(\.status)
    }

    private let strong = Sample.difference(0.5, 0.6, 0.7)

    @Test func whatFailedAlikeBeforeDoesNotFailAgain() throws {
        let before = result(("cf", strong))
        #expect(before.exitStatus == .failed)
        let now = try judged(before, against: before)
        #expect(now.exitStatus == .passed)
        #expect(now.gate.rules.first?.state == .failed && now.gate.rules.first?.accepted == .baseline)
        #expect(statuses(now) == [.unchanged])
        #expect(now.baseline?.file.name == "last.json" && now.baseline?.verdict == .failed)
    }

    @Test func aTriggerThatIsNotTheStrongestIsStillNew() throws {
        let now = try judged(
            result(("cf", strong), ("mn", Sample.difference(0.3, 0.4, 0.5))), against: result(("cf", strong)))
        #expect(now.exitStatus == .failed, "the rule names cf, and mn is new")
        #expect(statuses(now) == [.new, .unchanged])
        #expect(now.baseline?.entries.first?.subject == "mn")
    }

    @Test(arguments: [(0.69, BaselineComparison.Status.unchanged), (0.71, .worse)])
    func worseIsBeyondTheEarlierInterval(value: Double, status: BaselineComparison.Status) throws {
        let now = try judged(
            result(("cf", Sample.difference(value - 0.1, value, value + 0.1))), against: result(("cf", strong)))
        #expect(statuses(now) == [status])
        #expect(now.exitStatus == (status == .worse ? .failed : .passed))
        #expect(now.baseline?.entries.first?.before == 0.6 && now.baseline?.entries.first?.now == value)
    }

    @Test func whatNoLongerFailsIsFixed() throws {
        let now = try judged(result(("cf", Sample.difference(-0.1, 0, 0.1))), against: result(("cf", strong)))
        #expect(statuses(now) == [.fixed])
        #expect(now.exitStatus == .passed)
    }

    @Test func anotherTensorAmongAsManyIsNew() throws {
        func result(_ name: String) -> AuditResult {
            Sample.result(
                Sample.input(weights: Sample.weights(unmatched: [Sample.tensor(name, expected: false)])))
        }
        #expect(try judged(result("a"), against: result("a")).exitStatus == .passed)
        let now = try judged(result("b"), against: result("a"))
        #expect(statuses(now) == [.new, .fixed])
        #expect(now.exitStatus == .failed)
    }

    @Test func whatIsUndecidedStaysUndecided() throws {
        let undecided = Sample.result(Sample.input(weights: Sample.weights(cosine: 0.1)))
        #expect(try judged(undecided, against: undecided).exitStatus == .untrustworthy)
    }

    @Test func whatASuppressionAcceptedIsNewWhenItEnds() throws {
        var before = result(("cf", strong))
        before.gate.rules[0].accepted = .suppression
        before.verdict = Verdict(of: before.gate.rules)
        #expect(before.exitStatus == .passed)
        let now = try judged(result(("cf", strong)), against: before)
        #expect(statuses(now) == [.new])
        #expect(now.exitStatus == .failed)
    }

    @Test func onlyAResultOfTheSameCommandIsABaseline() throws {
        var scan = result(("cf", strong))
        scan.kind = .scan
        let error = #expect(throws: AuditError.self) { _ = try judged(result(("cf", strong)), against: scan) }
        #expect(error?.status == .usage)
        #expect(error?.description.contains("assay scan") == true)
    }
}
