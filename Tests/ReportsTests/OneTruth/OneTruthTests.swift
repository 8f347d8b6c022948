import Findings
import Markup
import StrictJSON
import Testing

@testable import Reports

/// Every format says the same verdict, numbers and codes, and all agree with the exit code.
@Suite struct OneTruthTests {
    static let results =
        [.failed, .passed, .inconclusive].map(SampleResult.make) + [SampleResult.withoutProbes]
        + Generator.results(30)

    private let writer: ReportWriter

    init() throws {
        writer = try ReportWriter()
    }

    private func json(_ format: ReportFormat, _ result: AuditResult) throws -> JSONValue {
        try JSONValue(parsing: writer.bytes(format, of: ReportInput(result)))
    }

    private func text(_ format: ReportFormat, _ result: AuditResult) throws -> String {
        try #require(String(validating: try writer.bytes(format, of: ReportInput(result)), as: UTF8.self))
    }

    @Test func pages() throws {
        for result in Self.results {
            let markdown = try Markdown.elements(text(.markdown, result)).compactMap(\.element)
            #expect(StatedTruth(page: markdown, findings: .headings) == StatedTruth(result))
            let html = try Element(html: text(.html, result))
            #expect(StatedTruth(page: [html], findings: .headings) == StatedTruth(result))
        }
    }

    @Test func theSummaryHasTheGateAndTheGravestFindings() throws {
        for result in Self.results {
            let text = try text(.summary, result)
            let stated = StatedTruth(page: try Markdown.elements(text).compactMap(\.element), findings: .table)
            var expected = StatedTruth(result)
            let shown = FindingsView.grouped(result.findings).flatMap(\.self).prefix(SummaryReport.shownFindings)
            expected.codes = Set(shown.map(\.code.rawValue)).sorted()
            #expect(stated == expected)
            #expect(text.utf8.count < 200_000)
        }
    }

    @Test func theResultReadsBack() throws {
        for result in Self.results {
            let bytes = writer.json(result)
            let read = try ReportWriter.readJSON(bytes, file: "result.json")
            #expect(writer.json(read) == bytes)
            #expect(StatedTruth(read) == StatedTruth(result))
        }
    }

    @Test func sarif() throws {
        for result in Self.results {
            let log = try json(.sarif, result)
            var expected = StatedTruth(result)
            let added = SARIFReport.unreported(result).map(\.code.rawValue)
            expected.codes = Set(expected.codes + added).sorted()
            #expect(try StatedTruth(sarif: log) == expected)
            let results = try #require(log["runs"]?.arrayValue?.first?["results"]?.arrayValue)
            #expect(results.count == result.findings.count + added.count)
            let prints = results.compactMap { $0["partialFingerprints"]?["primaryLocationLineHash"]?.stringValue }
            #expect(Set(prints).count == results.count)
            #expect(result.gatedVerdict != .failed || !results.isEmpty)
        }
    }

    @Test func junit() throws {
        for result in Self.results {
            let root = try Element(xml: text(.junit, result))
            #expect(StatedTruth(junit: root) == StatedTruth(result))
            let suites = root.elements
            let cases = suites.flatMap(\.elements).filter { $0.name == "testcase" }
            #expect(Set(cases.map { [$0["classname"], $0["name"]] }).count == cases.count)
            for (element, own) in [(root, cases)] + suites.map({ ($0, $0.elements.filter { $0.name == "testcase" }) }) {
                let counted = ["failure", "error", "skipped"].map { name in
                    String(own.count { $0.elements.contains { $0.name == name } })
                }
                #expect([element["failures"], element["errors"], element["skipped"]] == counted.map(Optional.init))
                #expect(element["tests"] == String(own.count))
            }
            let isGreen = root["failures"] == "0" && root["errors"] == "0"
            #expect(isGreen == (result.gatedVerdict == .passed))
            let probed = result.probes?.triggers.count { $0.on(.suspect) != nil } ?? 0
            let showsSuspect = result.gate.subject == .suspect || !result.gate.rules.isEmpty
            #expect(cases.count { $0["classname"] == "assay.triggers.suspect" } == (showsSuspect ? probed : 0))
        }
    }

    @Test func cycloneDX() throws {
        for result in Self.results {
            let bill = try json(.cyclonedx, result)
            #expect(StatedTruth(cycloneDX: bill) == Self.raw(result))
            #expect(bill["vulnerabilities"]?.arrayValue?.count == result.findings.count)
            let metrics = bill["metadata"]?["component"]?["modelCard"]?["quantitativeAnalysis"]?["performanceMetrics"]
            let rates = (metrics?.arrayValue ?? []).filter { $0["type"]?.stringValue == "attack success rate" }
            let expected = (result.probes?.triggers ?? []).compactMap { $0.on(.suspect)?.asr }
            #expect(rates.map { $0["value"]?.stringValue } == expected.map { $0.value.description })
            #expect(
                rates.map { $0["confidenceInterval"]?["upperBound"]?.stringValue }
                    == expected.map { $0.interval.upper.description })
        }
    }

    /// With every digit, as a bill has the numbers.
    private static func raw(_ result: AuditResult) -> StatedTruth {
        func rows(_ rules: [GateRule]) -> [StatedTruth.Row] {
            rules.map { rule in
                let numbers = [
                    rule.value.map { "\($0)" }, rule.interval.map { "interval \($0.lower) to \($0.upper)" },
                    rule.limit.map { "limit \($0)" }, rule.passLimit.map { "pass limit \($0)" },
                    rule.n.map { "n \($0)" },
                    rule.accepted.map { "accepted by \($0.rawValue)" },
                ].compactMap(\.self).joined(separator: ", ")
                return StatedTruth.Row(
                    code: rule.code.rawValue, state: rule.state, numbers: numbers.isEmpty ? [] : [numbers])
            }
        }
        var truth = StatedTruth(result)
        truth.gate = rows(result.gate.rules)
        truth.purifiedGate = rows(result.gate.purifiedRules)
        return truth
    }

    @Test func theTerminal() {
        for result in Self.results {
            let lines = AuditSummary.text(result).split(separator: "\n")
            #expect(lines.first?.hasPrefix(Wording.badge(result.verdict)) == true)
            let rules = lines.filter { $0.hasPrefix("  ASY") }
            #expect(rules.count == result.gate.rules.count)
            for (line, rule) in zip(rules, result.gate.rules) {
                let row = StatedTruth.Row(rule)
                var rest = line.dropFirst(2)
                for part in [row.code, Wording.badge(rule.state)] + row.numbers {
                    let place = rest.firstRange(of: part)
                    #expect(place != nil, "\(part) in \(line)")
                    rest = place.map { rest[$0.upperBound...] } ?? rest
                }
            }
            let status = AuditSummary.statusLine(result)
            #expect(status.hasPrefix("verdict=\(result.verdict.rawValue) ") && !status.contains("\n"))
            #expect(status.hasSuffix(" exit=\(result.exitStatus.rawValue)"))
            let purified = result.purifiedVerdict.map { " purified_verdict=\($0.rawValue) " }
            #expect(purified.map(status.contains) ?? !status.contains("purified_verdict"))
        }
    }
}
