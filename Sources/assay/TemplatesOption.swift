import ArgumentParser
import Files
import Reports

/// `--templates`, shared by the commands that write reports.
struct TemplatesOption: ParsableArguments {
    @Option(
        help: "Folder of templates that take the place of the built-in ones; see \"assay templates\".",
        completion: .directory)
    var templates: String?

    func writer() throws -> ReportWriter { try Self.writer(templates) }

    /// A writer with the templates of a folder, which is wrong usage when they cannot be used.
    static func writer(_ folder: String?) throws -> ReportWriter {
        do {
            return try ReportWriter(templates: folder)
        } catch {
            throw AuditError(usage: error.description)
        }
    }
}
