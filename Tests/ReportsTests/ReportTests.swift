import Findings
import Markup
import Testing

@testable import Reports

@Suite struct ReportTests {
    static let verdicts: [Verdict] = [.passed, .failed, .inconclusive]

    @Test(arguments: verdicts)
    func everyFormatSaysTheSame(verdict: Verdict) throws {
        let result = SampleResult.make(verdict)
        let writer = try ReportWriter()
        let markdown = try writer.markdown(result)
        let text = try Element(html: writer.html(result)).descendants.first { $0.name == "main" }?.textContent ?? ""
        let word = Wording.badge(verdict).drop { !$0.isLetter }
        for (report, sentence) in [
            (markdown, MarkdownText.escape(Wording.sentence(result))), (text, Wording.sentence(result)),
        ] {
            #expect(report.contains(word) && report.contains(sentence))
            for rule in result.gate.rules {
                #expect(report.contains(rule.code.rawValue))
                #expect(report.contains(NumberText.value(rule.value, unit: rule.unit)))
            }
            for finding in result.findings { #expect(report.contains(finding.code.rawValue)) }
            for file in result.suspect.files + (result.base?.files ?? []) { #expect(report.contains(file.sha256)) }
            #expect(report.contains("Exit code \(result.exitStatus.rawValue)"))
        }
        #expect(AuditSummary.statusLine(result).hasSuffix("exit=\(result.exitStatus.rawValue)"))
    }

    @Test(arguments: [SampleResult.make(), SampleResult.make(.passed), SampleResult.withoutProbes])
    func structureOfThePage(result: AuditResult) throws {
        let html = try ReportWriter().html(result)
        #expect(html.utf8.count < 300_000)
        let all = try Element(html: html).descendants
        let levels = all.compactMap { ["h1": 1, "h2": 2, "h3": 3, "h4": 4][$0.name] }
        #expect(levels.first == 1 && levels.filter { $0 == 1 }.count == 1)
        #expect(zip(levels, levels.dropFirst()).allSatisfy { $1 <= $0 + 1 })
        let ids = all.compactMap { $0["id"] }
        #expect(Set(ids).count == ids.count)
        for link in all.filter({ $0.name == "a" }) {
            let target = try #require(link["href"])
            #expect(target.hasPrefix("#") && ids.contains(String(target.dropFirst())))
        }
        for table in all.filter({ $0.name == "table" }) {
            #expect(table.elements.first?.name == "caption")
            #expect(table.descendants.filter { $0.name == "th" }.allSatisfy { ["col", "row"].contains($0["scope"]) })
        }
        for svg in all.filter({ $0.name == "svg" && $0["aria-hidden"] == nil }) {
            #expect(svg["role"] == "img" && svg.elements.prefix(2).map(\.name) == ["title", "desc"])
            #expect(svg["aria-labelledby"]?.split(separator: " ").allSatisfy { ids.contains(String($0)) } == true)
        }
        #expect(all.allSatisfy { $0["style"] == nil && $0["src"] == nil && $0["onclick"] == nil })
        let scripts = all.filter { $0.name == "script" }
        #expect(scripts.map { $0["type"] } == ["application/json"])
    }

    @Test func theEmbeddedResultIsTheFile() throws {
        let result = SampleResult.make()
        let writer = try ReportWriter()
        let html = try writer.html(result)
        let json = writer.json(result)
        let start = try #require(html.firstRange(of: "id=\"result-json\">"))
        let end = try #require(html[start.upperBound...].firstRange(of: "</script>"))
        #expect(Array(html[start.upperBound..<end.lowerBound].utf8) == json)
        #expect(html.contains(ResultJSON.sha256(of: json)))
        #expect(try ReportWriter.readJSON(json, file: "result.json") == result)
    }

    @Test func bytesAreTheSameEveryTime() throws {
        let first = try ReportWriter()
        let second = try ReportWriter()
        #expect(try first.html(SampleResult.make()) == second.html(SampleResult.make()))
        #expect(first.json(SampleResult.make()) == second.json(SampleResult.make()))
    }

    @Test func theRunIsShownOnlyWhenGiven() throws {
        let writer = try ReportWriter()
        let result = SampleResult.make()
        #expect(try writer.markdown(result, run: SampleResult.run).contains("4 min 12 s"))
        #expect(try !writer.markdown(result).contains("Wall time"))
        #expect(try writer.html(result, run: SampleResult.run).contains("2026-03-14 09:26:53 UTC"))
    }

    @Test func aReportWithoutProbesSaysSo() throws {
        let text = try ReportWriter().markdown(SampleResult.withoutProbes)
        #expect(text.contains("No text was probed"))
        #expect(text.contains("no before and after"))
    }

    @Test func onlyReportingIsExitZero() throws {
        var result = SampleResult.make(.failed)
        result.gate.enforced = false
        #expect(result.exitStatus == .passed)
        #expect(try ReportWriter().markdown(result).contains("the gate only reports"))
        result.gate.enforced = true
        result.gate.subject = .purified
        #expect(result.exitStatus == .passed)
        result.purifiedVerdict = nil
        #expect(result.exitStatus == .untrustworthy)
    }
}
