import Findings
import Markup
import Testing

@testable import Reports

/// Which sections a result has, and what the one on accepted failures says.
@Suite struct SectionTests {
    @Test(arguments: [
        (AuditResult.Kind.audit, ["Before and after", "Embedding rows", "Weight differences", "Triggers"]),
        (.diff, ["Embedding rows", "Weight differences"]), (.scan, []),
    ])
    func aKindHasTheSectionsThatItCanFill(kind: AuditResult.Kind, own: [String]) throws {
        var result = kind == .audit ? SampleResult.make() : SampleResult.withoutProbes
        result.kind = kind
        if kind == .scan { (result.base, result.weights, result.embeddings) = (nil, nil, nil) }
        let page = try Element(html: ReportWriter().html(result)).descendants
        let last = [
            "Findings", "Coverage and limits", "Accepted, and changed since the baseline", "How to reproduce",
            "The result itself",
        ]
        #expect(page.filter { $0.name == "h2" }.map(\.textContent) == ["Gate", "What was audited"] + own + last)
        #expect(page.first { $0.name == "h1" }?.textContent.hasPrefix(Wording.title(kind)) == true)
        let heads = page.filter { $0.name == "th" }.map(\.textContent)
        #expect(heads.contains("Base") == (kind != .scan))
    }

    @Test func labelsWithoutNamesHaveOneFormEverywhere() throws {
        var result = SampleResult.make()
        result.suspect.labels = []
        let text = try ReportWriter().markdown(result)
        #expect(text.contains("LABEL\\_1") || text.contains("LABEL_1"))
        #expect(text.firstRange(of: "label 1") == nil)
    }

    @Test func aPassThatRestsOnAcceptanceSaysSo() throws {
        var result = SampleResult.make()
        result.verdict = .passed
        for index in result.gate.rules.indices where result.gate.rules[index].state == .failed {
            result.gate.rules[index].accepted = index == 0 ? .suppression : .baseline
        }
        result.findings[0].accepted = .suppression
        let sentence = Wording.sentence(result)
        #expect(sentence.hasPrefix("The gate is passed, but 3 of"))
        #expect(sentence.contains("ASY101 suppressed, ASY102 known from the baseline, ASY106 known from the baseline"))
        let page = try Element(html: ReportWriter().html(result)).descendants
        let accepted = page.filter { $0["class"] == "state accepted" }.map(\.textContent)
        #expect(
            accepted == ["✗ Failed (suppressed)"] + Array(repeating: "✗ Failed (known from the baseline)", count: 2))
        #expect(!page.contains { $0["class"] == "state failed" && $0.textContent == "✗ Failed" })
        #expect(try ReportWriter().markdown(result).contains("Accepted: suppressed."))
    }

    @Test func suppressionsAndChangesAreListed() throws {
        var result = SampleResult.make()
        result.suppressions = [
            Suppression(
                rule: .knownTrigger, sha256: String(repeating: "a", count: 64), justification: "our product's name",
                expires: "2026-12-31", state: .expired)
        ]
        result.baseline = BaselineComparison(
            file: FileDigest(name: "prior.json", size: 9, sha256: String(repeating: "b", count: 64)),
            suspect: "movies-v1", suspectSHA256: result.suspect.sha256, verdict: .passed,
            entries: [
                BaselineComparison.Entry(
                    part: .gate, code: .knownTrigger, subject: "cf", target: 1, status: .new, unit: .difference,
                    before: nil, now: 0.853)
            ])
        let text = try ReportWriter().markdown(result)
        #expect(text.contains("| ASY101 | expired: no effect | 2026-12-31 | `aaaaaaaaaaaa…` | our product's name |"))
        #expect(text.contains("of the same model, “movies-v1”; its verdict was “✓ Passed”. Since then: 1 new, 0 worse"))
        #expect(text.contains("| ASY101 | new | gate | `cf` | positive | – | +85.3 points |"))
    }

    @Test func intervalsStandApartInNumberCellsOnly() throws {
        let row = "<tr><td align=\"right\">98.7% (95.3 to 99.6)</td><td>a (b)</td></tr>"
        let table = try Element(xml: "<table><tbody>\(row)\(row)</tbody></table>")
        let all = TableBuilder.scrollable(table, caption: nil).descendants
        #expect(all.filter { $0["class"] == "ci" }.map(\.textContent) == ["(95.3 to 99.6)", "(95.3 to 99.6)"])
        #expect(all.first { $0.name == "tr" }?.textContent == "98.7% (95.3 to 99.6)a (b)")
    }

    @Test(arguments: [("cf", "cf"), ("", ""), ("iiiiiiiiiiii", "iiiiiiiiiiii"), ("mmmmmmmmmmmm", "mmmm…")])
    func labelsAreCutWhereTheyEnd(text: String, fitted: String) {
        #expect(ChartText.fitted(text, to: 60, size: 11) == fitted)
        #expect(ChartText.width(ChartText.fitted(text, to: 60, size: 11), size: 11) <= 60)
    }
}
