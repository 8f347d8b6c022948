import Files
import Findings
import Testing

@testable import Audit

@Suite struct SuppressionTests {
    private static let day = CalendarDay("2026-06-15")
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func entry(_ code: String = "ASY220", sha256: String = GateSample.digest, until day: String = "2026-06-15")
        -> String
    {
        """
        suppressions:
          - rule: \(code)
            sha256: \(sha256)
            justification: Known and accepted.
            expires: \(day)

        """
    }

    private func judged(_ yaml: String, _ result: AuditResult) throws -> AuditResult {
        let policy = try folder.write(yaml, to: "gate.yml")
        var options = GateOptions()
        options.policy = policy
        options.today = try #require(Self.day)
        return try GateTerms(options, kind: result.kind).judge(result)
    }

    private let failing = GateSample.result(
        GateSample.input(weights: GateSample.weights(tokenizer: [GateSample.field("token 7", material: true)])))

    @Test func anAcceptedFailureStaysFailedAndDoesNotCount() throws {
        #expect(failing.exitStatus == .failed)
        let result = try judged(entry(), failing)
        let rule = try #require(result.gate.rules.first { $0.code == .tokenizerDifference })
        #expect(rule.state == .failed && rule.accepted == .suppression)
        #expect(result.verdict == .passed && result.exitStatus == .passed)
        #expect(result.suppressions.map(\.state) == [.applied])
        #expect(result.suppression(of: .tokenizerDifference)?.justification == "Known and accepted.")
        #expect(result.findings.first?.accepted == .suppression)
    }

    @Test func anotherFailureStillCounts() throws {
        let both = GateSample.result(
            GateSample.input(
                weights: GateSample.weights(
                    unmatched: [GateSample.tensor("x", expected: false)],
                    tokenizer: [GateSample.field("token 7", material: true)])))
        #expect(try judged(entry(), both).exitStatus == .failed)
    }

    @Test(arguments: [
        ("2026-06-14", Suppression.State.expired), ("2026-06-15", .applied), ("2026-06-16", .applied),
        ("2027-01-01", .applied),
    ])
    func theLastDayStillCounts(day: String, state: Suppression.State) throws {
        let result = try judged(entry(until: day), failing)
        #expect(result.suppressions.map(\.state) == [state])
        #expect(result.exitStatus == (state == .applied ? .passed : .failed))
    }

    @Test func anotherModelIsNotAccepted() throws {
        let result = try judged(entry(sha256: String(repeating: "a", count: 64)), failing)
        #expect(result.suppressions.map(\.state) == [.otherModel])
        #expect(result.exitStatus == .failed)
    }

    @Test func whatDidNotFailNeedsNoSuppression() throws {
        let result = try judged(entry("ASY101"), failing)
        #expect(result.suppressions.map(\.state) == [.unused])
        #expect(result.exitStatus == .failed)
    }

    @Test func whatIsUndecidedCannotBeAccepted() throws {
        let undecided = GateSample.result(GateSample.input(weights: GateSample.weights(cosine: 0.1)))
        let result = try judged(entry("ASY213"), undecided)
        #expect(result.exitStatus == .untrustworthy)
        #expect(result.gate.rules.allSatisfy { $0.accepted == nil })
    }

    @Test(arguments: [
        ("expires: 2026-06-15", "expires: 2026-06-31", 5), ("expires: 2026-06-15", "expires: soon", 5),
        ("expires: 2026-06-15", "expires: 2026-6-1", 5), ("    expires: 2026-06-15\n", "", 2),
        ("rule: ASY220", "rule: ASY999", 2), ("justification: Known and accepted.", "justification: ' '", 4),
        ("justification: Known and accepted.", "justification:", 4), ("sha256: ", "sha256: x", 3),
        ("rule: ASY220", "code: ASY220", 2), ("suppressions:\n", "suppressions: everything\nother:\n", 2),
    ])
    func everyPartIsRequiredAndChecked(old: String, new: String, line: Int) throws {
        let yaml = entry()
        #expect(yaml.contains(old))
        let error = #expect(throws: AuditError.self) {
            _ = try Policy(yaml: yaml.replacing(old, with: new), file: "gate.yml")
        }
        #expect(error?.status == .usage)
        #expect(error?.description.hasPrefix("gate.yml:\(line): ") == true, "\(error?.description ?? "")")
    }

    @Test(arguments: ["2024-02-29", "2000-02-29", "2026-12-31"])
    func daysThatExist(text: String) { #expect(CalendarDay(text)?.description == text) }

    @Test(arguments: [
        "2026-02-29", "1900-02-29", "2026-13-01", "2026-00-10", "2026-04-31", "26-04-30", "2026-04-3x", "",
    ])
    func daysThatDoNot(text: String) { #expect(CalendarDay(text) == nil) }
}
