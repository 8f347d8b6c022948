import Foundation
import Testing

@Suite struct TemplatesCommandTests {
    @Test func exportedTemplatesAreUsedCheckedAndNeverOverwritten() throws {
        let folder = FileManager.default.temporaryDirectory
            .appendingPathComponent("assay-templates-\(UInt64.random(in: .min ... .max))").path
        defer { try? FileManager.default.removeItem(atPath: folder) }
        #expect(try Binary.run("templates", "export", folder).status == 0)
        #expect(try Binary.run("templates", "check", folder).status == 0)
        let again = try Binary.run("templates", "export", folder)
        #expect(again.status == 64 && again.error.contains("there is such a file already"))
        let coverage = folder + "/coverage.mustache"
        try "{{% CONTENT_TYPE:MARKDOWN}}\n## Scope\n".write(toFile: coverage, atomically: true, encoding: .utf8)
        let report = try Binary.run(
            "report", "samples/report/result.json", "--output", folder + "/report", "--templates", folder)
        #expect(report.status == 1)
        #expect(try String(contentsOfFile: folder + "/report/report.md", encoding: .utf8).contains("\n## Scope\n"))
        try "{{% CONTENT_TYPE:MARKDOWN}}\n## {{scope}}\n".write(toFile: coverage, atomically: true, encoding: .utf8)
        let wrong = try Binary.run("templates", "check", folder)
        #expect(wrong.status == 64 && wrong.error.contains("coverage.mustache:2: the report has no value called scope"))
    }
}
