import Findings
import Testing

@testable import Reports

/// Equal inputs give equal bytes, and dates come from the caller alone.
@Suite struct ReproducibleTests {
    private static let dated: [ReportFormat] = [.sarif, .junit, .cyclonedx]

    @Test(arguments: ReportFormat.allCases)
    func bytesAreTheSameEveryTime(format: ReportFormat) throws {
        let result = SampleResult.make()
        let first = try ReportWriter().bytes(format, of: ReportInput(result))
        #expect(try ReportWriter().bytes(format, of: ReportInput(result)) == first)
        let dated = try ReportWriter().bytes(format, of: ReportInput(result, created: 1_773_480_413))
        #expect((dated == first) == !Self.dated.contains(format))
    }

    @Test(arguments: ReportFormat.allCases)
    func theDateIsTheGivenOne(format: ReportFormat) throws {
        let input = ReportInput(SampleResult.make(), created: 1_773_480_413)
        let text = String(decoding: try ReportWriter().bytes(format, of: input), as: UTF8.self)
        #expect(text.contains("2026-03-14T09:26:53") == Self.dated.contains(format))
        #expect(!text.contains("2026-03-14 09:26"))
    }

    @Test(arguments: [
        (0, "1970-01-01T00:00:00Z"), (-62_135_596_800, "0001-01-01T00:00:00Z"), (253_402_300_800, nil), (Int.max, nil),
    ])
    func timestamps(seconds: Int, text: String?) {
        #expect(NumberText.timestamp(seconds) == text)
        #expect(NumberText.timestamp(seconds, plus: 0.9) == text)
        #expect(NumberText.timestamp(seconds, plus: .nan) == nil)
    }
}
