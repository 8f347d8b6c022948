import Findings
import Testing

@testable import Reports

@Suite struct AcceptanceLinesTests {
    private static func suppression(_ state: Suppression.State) -> Suppression {
        Suppression(
            rule: .tokenizerDifference, sha256: String(repeating: "a", count: 64),
            justification: "\u{1B}[31m::error::", expires: "2026-06-15", state: state)
    }

    @Test func everyStateIsSaidAndInert() {
        for (state, word) in [
            (Suppression.State.applied, "suppressed: ASY220 until 2026-06-15"), (.expired, "warning"),
            (.unused, "not needed"), (.otherModel, "another model"),
        ] {
            var result = SampleResult.make()
            result.suppressions = [Self.suppression(state)]
            let lines = AcceptanceLines.all(result)
            #expect(lines.count == 1 && lines[0].contains(word))
            #expect(!lines[0].contains("\u{1B}") && !lines[0].contains("::"))
        }
    }

    @Test func newAndWorseFailuresAreNamed() {
        func entry(_ status: BaselineComparison.Status, _ subject: String) -> BaselineComparison.Entry {
            BaselineComparison.Entry(
                part: .gate, code: .knownTrigger, subject: subject, target: 1, status: status, unit: .difference,
                before: nil, now: 0.5)
        }
        var result = SampleResult.make()
        result.baseline = BaselineComparison(
            file: FileDigest(name: "last.json", size: 2, sha256: ""), suspect: "m", suspectSHA256: "",
            verdict: .failed, entries: [entry(.new, "a\u{202E}b"), entry(.unchanged, "cf")])
        #expect(
            AcceptanceLines.all(result) == [
                "baseline last.json: 1 new, 0 worse, 1 unchanged, 0 fixed",
                "new since the baseline: ASY101 a[U+202E]b",
            ])
    }

    @Test func aResultThatIsNoAuditSaysSoInItsStatusLine() {
        var result = SampleResult.make(.passed)
        result.kind = .scan
        result.purifiedVerdict = nil
        #expect(AuditSummary.statusLine(result) == "verdict=passed kind=scan exit=0")
    }
}
