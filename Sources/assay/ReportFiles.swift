import Checkpoints
import Files
import Findings
import Foundation
import Reports

/// The files of one report folder.
enum ReportFiles {
    /// Renders everything first, then writes it; each file appears whole or not at all.
    ///
    /// - Parameter run: written as run.json and shown in the reports; nil leaves time, memory and host out, as does
    ///   SOURCE_DATE_EPOCH, so that the bytes come out the same again.
    static func write(
        _ result: AuditResult, run: RunRecord?, formats: [ReportFormat], to folder: String, writer: ReportWriter
    ) throws {
        let run = created == nil ? run : nil
        let input = ReportInput(result, run: run, created: created)
        var files = try formats.map { (name: $0.fileName, bytes: try writer.bytes($0, of: input)) }
        if let run {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.sortedKeys, .prettyPrinted]
            files.append(("run.json", Array(try encoder.encode(run))))
        }
        try Folder.create(folder)
        for file in files { try AtomicFile.write(file.bytes, to: folder + "/" + file.name) }
    }

    /// The date that the environment gives all reports, in seconds since 1970; nil leaves it to the run.
    private static var created: Int? { ProcessInfo.processInfo.environment["SOURCE_DATE_EPOCH"].flatMap { Int($0) } }

    /// Says where the reports are: the page where there is one.
    static func line(_ folder: String, _ formats: [ReportFormat]) -> String {
        let names = formats.contains(.html) ? [ReportFormat.html] : formats
        return "Report: " + names.map { TerminalText.escape(folder) + "/" + $0.fileName }.joined(separator: ", ") + "\n"
    }
}
