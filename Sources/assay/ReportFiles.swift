import Audit
import Checkpoints
import Findings
import Foundation
import Reports

/// The files of one report folder.
enum ReportFiles {
    /// Writes result.json, report.md, report.html and, unless reproducible, run.json; each appears whole or not at all.
    static func write(
        _ result: AuditResult, run: RunRecord?, to folder: String, writer: ReportWriter, reproducible: Bool
    ) throws {
        let shown = reproducible ? nil : run
        let markdown = try writer.markdown(result, run: shown)
        let html = try writer.html(result, run: shown)
        try Folder.create(folder)
        try AtomicFile.write(writer.json(result), to: folder + "/result.json")
        try AtomicFile.write(Array(markdown.utf8), to: folder + "/report.md")
        try AtomicFile.write(Array(html.utf8), to: folder + "/report.html")
        if let shown {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.sortedKeys, .prettyPrinted]
            try AtomicFile.write(Array(try encoder.encode(shown)), to: folder + "/run.json")
        }
    }
}
