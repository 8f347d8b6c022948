import Findings
import Markup
import Testing

@testable import Reports

/// Hostile names in every field of a result, through every format.
@Suite struct HostileReportTests {
    static let samples = [HostileText.pieces.joined(), "", "`"] + HostileText.samples(10, seed: 7).suffix(10)

    @Test func thePageHoldsOnlyWhatTheTemplatesPut() throws {
        let writer = try ReportWriter()
        let allowed: Set<String> = [
            "html", "head", "meta", "title", "style", "body", "main", "section", "header", "nav", "ol", "li", "a", "h1",
            "h2", "h3", "p", "strong", "em", "ul", "code", "pre", "div", "table", "caption", "span", "thead", "tbody",
            "tr", "th", "td", "wbr", "figure", "figcaption", "svg", "desc", "text", "line", "rect", "circle", "path",
            "script", "footer", "article",
        ]
        for sample in Self.samples {
            let all = try Element(html: writer.html(Self.result(sample), run: SampleResult.run)).descendants
            #expect(Set(all.map(\.name)).subtracting(allowed) == [], "\(sample.debugDescription)")
            #expect(all.filter { $0.name == "script" }.count == 1)
            #expect(all.filter { $0.name == "a" }.allSatisfy { $0["href"]?.hasPrefix("#") == true })
            #expect(all.flatMap(\.attributes).allSatisfy { !$0.name.hasPrefix("on") })
            for table in all where table.name == "table" {
                let widths = Set(table.descendants.filter { $0.name == "tr" }.map(\.elements.count))
                #expect(widths.count == 1)
            }
        }
    }

    @Test func jsonReadsBackAndIsInert() throws {
        let writer = try ReportWriter()
        for sample in Self.samples {
            let result = Self.result(sample)
            let json = writer.json(result)
            #expect(!json.contains(UInt8(ascii: "<")) && !json.contains(0x1B))
            #expect(try ReportWriter.readJSON(json, file: "r") == result)
        }
    }

    @Test func terminalOutputIsInert() {
        for sample in Self.samples {
            let result = Self.result(sample)
            let diff = DiffReport(result).text()
            for text in [diff, AuditSummary.text(result)] {
                let visible = text.unicodeScalars.allSatisfy { $0 == "\n" || ($0.value >= 0x20 && $0.value != 0x7F) }
                #expect(visible && !text.contains("\u{1B}") && !text.contains("\u{202E}"))
                #expect(!text.split(separator: "\n").contains { $0.drop { $0 == " " }.hasPrefix("::") })
            }
        }
    }

    @Test func numbersThatAreNotFiniteAreSaidNotTrapped() throws {
        var result = SampleResult.make()
        for value in [Double.nan, .infinity, -.infinity, 1e308, -1e308] {
            result.embeddings?.threshold = value
            result.embeddings?.rows[0].score = value
            result.embeddings?.rows[1].frequency = value
            result.weights?.tensors[0].relativeNorm = value
            result.weights?.tensors[0].robustZ = value
            result.weights?.tensors[1].layer = value < 0 ? -3 : Int.max - 1
            result.remedy?.curve[0].rho = value
            result.remedy?.curve[0].outcome?.accuracy.value = value
            result.probes?.triggers[0].measurements[0].asr.value = value
            result.gate.rules[0].value = value
            result.gate.rules[2].value = value
            let writer = try ReportWriter()
            #expect(try writer.html(result).contains("</html>"))
            #expect(try writer.markdown(result).contains("## Findings"))
            #expect(!writer.json(result).isEmpty)
        }
    }

    private static func result(_ hostile: String) -> AuditResult {
        var result = SampleResult.make()
        result.suspect.name = hostile
        result.base?.architecture = hostile
        result.suspect.labels = [hostile, "positive"]
        result.suspect.files[0].name = hostile
        result.settings.command = hostile
        result.settings.frequencySource = hostile
        result.gate.rules[0].subject = hostile
        result.gate.rules[1].explanation = hostile
        result.weights?.tensors[95].name = hostile
        result.weights?.tensors[95].kind = hostile
        result.weights?.tensors[95].relativeNorm = 3
        result.weights?.unmatched[0].name = hostile
        result.weights?.nonFinite = [hostile]
        result.weights?.configDifferences[0].suspect = hostile
        result.weights?.tokenizerDifferences = [
            FieldDifference(field: hostile, suspect: hostile, base: nil, material: true)
        ]
        result.embeddings?.rows[0].token = hostile
        result.probes?.triggers[0].trigger = hostile
        result.probes?.triggers[0].examples[0].text = hostile
        result.probes?.notConfirmed[0].reason = hostile
        result.remedy?.explanation = hostile
        result.remedy?.keptFromSuspect = [hostile]
        result.findings[0].message = hostile
        result.findings[0].evidence[0] = Evidence(label: hostile, value: hostile)
        result.coverage[0].detail = hostile
        result.suppressions = [
            Suppression(
                rule: .knownTrigger, sha256: hostile, justification: hostile, expires: hostile, state: .applied)
        ]
        result.baseline = BaselineComparison(
            file: FileDigest(name: hostile, size: 1, sha256: hostile), suspect: hostile, suspectSHA256: hostile,
            verdict: .failed,
            entries: [
                BaselineComparison.Entry(
                    part: .gate, code: .knownTrigger, subject: hostile, target: 0, status: .worse, unit: .difference,
                    before: 0.1, now: 1e308)
            ])
        return result
    }
}
