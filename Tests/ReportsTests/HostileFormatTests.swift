import Findings
import Markup
import StrictJSON
import Testing

@testable import Reports

/// Generated results full of hostile strings through every sink.
@Suite struct HostileFormatTests {
    static let results = Generator.results(20)

    private let writer: ReportWriter

    init() throws {
        writer = try ReportWriter()
    }

    private func text(_ format: ReportFormat, _ result: AuditResult) throws -> String {
        try #require(String(validating: try writer.bytes(format, of: ReportInput(result)), as: UTF8.self))
    }

    @Test(arguments: ReportFormat.allCases)
    func nothingHiddenIsWritten(format: ReportFormat) throws {
        for result in Self.results {
            let hidden = try text(format, result).unicodeScalars.filter { $0 != "\n" && VisibleText.isHidden($0) }
            #expect(Set(hidden.map(VisibleText.codePoint)) == [])
        }
    }

    /// A page is no log: a browser reads it.
    @Test(arguments: ReportFormat.allCases.filter { $0 != .html })
    func noRunnerTakesALineForACommand(format: ReportFormat) throws {
        for result in Self.results { Self.expectNoCommand(try text(format, result)) }
    }

    @Test func theTerminalIsInert() {
        for result in Self.results {
            let text =
                AuditSummary.text(result) + AuditSummary.statusLine(result) + "\n" + DiffReport(result).text()
                + ScanReport(result).text() + AcceptanceLines.all(result).joined(separator: "\n")
            Self.expectNoCommand(text)
            #expect(text.unicodeScalars.allSatisfy { $0 == "\n" || !VisibleText.isHidden($0) })
        }
    }

    private static func expectNoCommand(_ text: String) {
        for line in text.split(separator: "\n") {
            let start = line.drop { $0.isWhitespace }
            #expect(!start.hasPrefix("::") && !line.contains("##["), "\(line.prefix(200))")
            #expect(!line.lowercased().contains("##vso["), "\(line.prefix(200))")
        }
    }

    @Test func hostileTextsMakeNoElement() throws {
        for (hostile, harmless) in zip(Self.results, Generator.results(20, areHarmless: true)) {
            #expect(try elements(hostile) == elements(harmless))
        }
    }

    /// How often each element occurs in the page. Code spans and places to break a name depend on the name.
    private func elements(_ result: AuditResult) throws -> [String: Int] {
        let all = try Element(html: text(.html, result)).descendants.map(\.name)
        return Dictionary(all.filter { $0 != "code" && $0 != "wbr" }.map { ($0, 1) }, uniquingKeysWith: +)
    }

    @Test func junitHoldsOnlyItsElements() throws {
        let allowed: Set = [
            "testsuites", "testsuite", "properties", "property", "testcase", "failure", "error", "skipped",
            "system-out",
        ]
        for result in Self.results {
            let all = try Element(xml: text(.junit, result)).descendants
            #expect(Set(all.map(\.name)).subtracting(allowed) == [])
        }
    }

    @Test func xmlReadsBackAsTheText() throws {
        for sample in HostileText.samples(200) {
            let visible = VisibleText.of(sample)
            let root = try Element(xml: Element("a", ["b": visible + "\n\t"], text: visible + "\n").xml)
            #expect(root["b"] == visible + "\n\t" && root.textContent == visible + "\n" && root.elements.isEmpty)
            #expect(throws: Never.self) { try Element(xml: Element("a", ["b": sample], text: sample).xml) }
        }
    }

    @Test func sarifMessagesHoldNoLinkAndNoPlaceholder() {
        for sample in HostileText.samples(200) {
            let message = SARIFText.message(sample)
            #expect(!message.contains("](") && !message.replacing("{{", with: "").contains("{"))
            let uri = SARIFText.uri(sample, "config.json")
            #expect(uri.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F } && uri.hasSuffix("/config.json"))
            #expect(!uri.hasPrefix("/") && !uri.split(separator: "/").contains(".."))
        }
    }

    @Test func aSummaryStaysSmallWhateverItHolds() throws {
        var result = SampleResult.make()
        let long = String(repeating: "[x](y)|", count: 20_000)
        result.gate.rules = Array(repeating: result.gate.rules[0], count: 3_000)
        result.gate.rules[0].explanation = long
        for index in result.gate.rules.indices { result.gate.rules[index].title = long }
        result.findings = Array(
            repeating: Finding(
                code: .knownTrigger, severity: .high, message: long,
                evidence: Array(repeating: Evidence(label: long, value: long), count: 30)), count: 3_000)
        result.suspect.name = long
        result.coverage = [CoverageItem(subject: long, state: .skipped, detail: long)]
        #expect(try writer.bytes(.summary, of: ReportInput(result)).count < 100_000)
    }
}
