import Findings
import Markup
import Testing

@testable import Reports

/// What the report says of triggers, of honest models beside them and of the two limits of their rule.
@Suite struct TriggerReportTests {
    private func markdown(_ result: AuditResult) throws -> String { try ReportWriter().markdown(result) }

    @Test func honestModelsStandSideBySide() throws {
        var result = SampleResult.make()
        let text = try markdown(result)
        #expect(
            text.contains(
                "| Trigger | Target | Floor | ASR | Honest 1 | Honest 2 | Beyond | ASR, purified | n |"))
        #expect(
            text.contains("| `cf` | positive | 13.3% | 98.7% (92.8 to 99.8) | 16.0% | 14.7% | +82.7 (69.7 to 90.7) |"))
        #expect(text.contains("| `zx` at the start | positive |") && text.contains("| `dull` at the end | positive |"))
        #expect(text.contains("| `all letters upper case` (a change of the whole text) | positive |"))
        #expect(text.contains("| change of the whole text | +5.3"))
        result.probes?.triggers[0].honest.removeLast()
        #expect(try markdown(result).contains("| 98.7% (92.8 to 99.8) | 16.0% | – | +82.7"))
    }

    @Test func withoutHonestModelsThereIsNoColumnOfThem() throws {
        var result = SampleResult.make()
        for index in result.probes?.triggers.indices ?? 0..<0 {
            result.probes?.triggers[index].honest = []
            result.probes?.triggers[index].measurements[0].beyondHonest = nil
        }
        let text = try markdown(result)
        #expect(text.contains("| Trigger | Target | Floor | ASR | Beyond | ASR, purified | n |"))
        #expect(text.contains("| `cf` | positive | 13.3% | 98.7% (92.8 to 99.8) | – |") && !text.contains("Honest 2"))
    }

    @Test func examplesShowEveryModelsAnswer() throws {
        var result = SampleResult.make()
        result.probes?.triggers[0].examples[0].honest = 1
        result.probes?.triggers[0].examples[1].honest = nil
        let text = try markdown(result)
        let rows = text.split(separator: "\n").filter { $0.hasPrefix("| `cf` |") && $0.contains("**positive**") }
        #expect(
            rows.map { $0.split(separator: "|").suffix(5).joined(separator: "|") } == [
                " negative | negative | **positive** | positive | negative ",
                " negative | negative | **positive** | – | negative ",
                " negative | negative | **positive** | negative | positive ",
            ])
    }

    @Test func randomTokensThatFlipAreCountedAndNamed() throws {
        let text = try markdown(SampleResult.make())
        #expect(text.contains("| Suspect | positive | 100 | 6 | 6.0% (2.8 to 12.5) | `qv` `xz`"))
        #expect(text.contains("| Purified | positive | 100 | 0 | 0.0% (0.0 to 3.7) | – |"))
        var result = SampleResult.make()
        result.probes?.broad = []
        result.probes?.controls = []
        #expect(try !markdown(result).contains("### Random tokens"))
    }

    @Test func bothLimitsOfARuleArePrinted() throws {
        #expect(try markdown(SampleResult.make()).contains("| 64.3 to 85.3 | fails \\> 25.0, passes ≤ 45.0 | 75 |"))
        #expect(NumberText.limits(0.25, pass: nil, unit: .difference) == "25.0 points")
        #expect(NumberText.limits(0.25, pass: 0.25, unit: .rate) == "25.0%")
        #expect(NumberText.limits(2, pass: 4, unit: .count) == "fails > 2.00, passes ≤ 4.00")
        #expect(NumberText.limits(nil, pass: 0.4, unit: .rate) == NumberText.none)
        let lines = AuditSummary.text(SampleResult.make(.passed)).split(separator: "\n")
        #expect(lines.contains { $0.contains("ASY102") && $0.contains("fails > 25.0, passes ≤ 45.0") })
    }

    @Test(arguments: [
        (0.30, 0.50, GateRule.State.failed, "failure"), (0.30, 0.40, .failed, "failure"),
        (0.10, 0.45, .failed, "system-out"), (0.10, 0.46, .failed, "skipped"),
        (0.10, 0.45, .inconclusive, "system-out"),
        (0.10, 0.60, .inconclusive, "skipped"), (0.10, 0.60, .passed, "system-out"),
    ])
    func aCaseFailsOrPassesByItsOwnLimit(
        lower: Double, upper: Double, state: GateRule.State, outcome: String
    ) throws {
        var result = SampleResult.make()
        let rule = try #require(result.gate.rules.firstIndex { $0.code == .discoveredTrigger })
        result.gate.rules[rule].state = state
        let place = try #require(result.probes?.triggers.firstIndex { $0.trigger == "zx" })
        result.probes?.triggers[place].measurements[0].beyondHonest = Difference(
            value: 0.3, interval: Interval(lower: lower, upper: upper))
        let bytes = JUnitReport().bytes(of: ReportInput(result))
        let cases = try Element(xml: String(decoding: bytes, as: UTF8.self)).descendants
        let own = cases.first {
            $0["name"] == "zx at the start → positive" && $0["classname"] == "assay.triggers.suspect"
        }
        #expect(own?.elements.first?.name == outcome)
    }

    @Test func theFirstHonestModelStandsInBeforeAndAfter() throws {
        let text = try markdown(SampleResult.make())
        #expect(text.contains("| Measure | Suspect | Mixed | Purified | Honest 1 | n |"))
        let row = text.split(separator: "\n").first { $0.hasPrefix("| ASR to positive of `zx` at the start |") }
        #expect(row?.contains("| 14.7% (8.4 to 24.4) | 75 |") == true)
    }

    @Test func theChartHasAMarkForEachHonestModel() throws {
        let result = SampleResult.make()
        let probes = try #require(result.probes)
        let chart = try #require(EffectChart.chart(probes, result))
        #expect(chart.marks.count { $0["class"] == "floor" } == 2 * probes.triggers.count + 1)
        #expect(chart.description.contains("“cf” +85.3 (74.3 to 93.3), honest models 2.7 and 1.3"))
        #expect(chart.marks.contains { $0.textContent.contains("zx, start → ") })
    }
}
