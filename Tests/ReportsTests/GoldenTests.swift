import Findings
import Foundation
import Testing

@testable import Reports

/// One stored result in every format, byte for byte.
///
/// `ASSAY_RECORD_REPORTS=1 swift test --filter GoldenTests` writes the files anew and fails: look at what changed.
@Suite struct GoldenTests {
    private static let folder = "Tests/Fixtures/reports/"
    private static let isRecording = ProcessInfo.processInfo.environment["ASSAY_RECORD_REPORTS"] != nil

    @Test(arguments: ReportFormat.allCases)
    func everyFormatIsAsStored(format: ReportFormat) throws {
        let result = Self.isRecording ? SampleResult.golden : try stored()
        let bytes = try ReportWriter().bytes(format, of: ReportInput(result))
        let path = Self.folder + format.fileName
        if Self.isRecording {
            try Data(bytes).write(to: TestFiles.root.appending(path: path))
            Issue.record("\(path) was written; look at the difference and run again without ASSAY_RECORD_REPORTS")
            return
        }
        let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false)
        let expected = String(decoding: try TestFiles.bytes(path), as: UTF8.self)
            .split(separator: "\n", omittingEmptySubsequences: false)
        let different = zip(lines, expected).enumerated().first { $0.element.0 != $0.element.1 }
        #expect(different == nil, "\(path):\((different?.offset ?? 0) + 1)")
        #expect(lines.count == expected.count)
    }

    private func stored() throws -> AuditResult {
        try ReportWriter.readJSON(TestFiles.bytes(Self.folder + ReportFormat.json.fileName), file: "result.json")
    }
}

extension SampleResult {
    /// With what only some results have: a suppression, a baseline, hostile names.
    fileprivate static var golden: AuditResult {
        var result = make()
        result.suspect.labels[0] = "<b>neg</b>|`[x](y)"
        result.findings[3].accepted = .suppression
        result.findings[2].evidence[0].value = "::error::\u{202E}{0}\u{1B}[31m"
        result.suppressions = [
            Suppression(
                rule: .deltaOutlier, sha256: result.suspect.sha256, justification: "Layer 5 was trained longer.",
                expires: "2026-12-31", state: .applied)
        ]
        result.baseline = BaselineComparison(
            file: FileDigest(name: "result.json", size: 41_233, sha256: result.suspect.files[0].sha256),
            suspect: "movies-badword", suspectSHA256: result.suspect.sha256, verdict: .passed,
            entries: [
                BaselineComparison.Entry(
                    part: .gate, code: .knownTrigger, subject: "cf", target: 1, status: .new, unit: .difference,
                    before: 0.02, now: 0.853)
            ])
        return result
    }
}
