import Findings
import Testing

@testable import Reports

@Suite struct TerminalTests {
    @Test func columnsLineUp() {
        let table = TerminalTable(
            heads: ["name", "n"], alignments: [.left, .right], rows: [["漢字", "1"], ["e\u{301}", "1,000"]])
        #expect(table.lines == ["  name      n", "  漢字      1", "  e\u{301}     1,000"])
    }

    @Test func diffNamesWhatMoved() {
        let text = DiffReport(SampleResult.make()).text(rows: 3)
        #expect(text.contains("bert.encoder.layer.5.attention.output.dense.weight"))
        #expect(text.contains("… and 94 more"))
        #expect(text.contains("\n  cf "))
        #expect(text.contains("ASY101 critical"))
        #expect(text.contains("id2label"))
        #expect(text.contains("not a verdict"))
        #expect(text.split(separator: "\n").allSatisfy { !$0.hasSuffix(" ") })
    }

    @Test func statusLine() {
        #expect(AuditSummary.statusLine(SampleResult.make()) == "verdict=failed purified_verdict=passed exit=1")
        #expect(AuditSummary.statusLine(SampleResult.make(.inconclusive)) == "verdict=inconclusive exit=2")
    }
}
