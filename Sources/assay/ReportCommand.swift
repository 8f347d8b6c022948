import ArgumentParser
import Checkpoints
import Findings
import Reports

struct ReportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "report",
        abstract: "Render the reports again from a result.json, without any model.",
        discussion: """
            The exit code is that of the audit that made the result.

            EXAMPLES
              assay report audit-report/result.json --output again
            """)

    @Argument(help: ArgumentHelp("A result.json that an audit wrote.", valueName: "result.json")) var result: String
    @Option(help: "Folder for the reports.") var output = "audit-report"
    @OptionGroup var templates: TemplatesOption

    func run() throws {
        try Console.run(verdict: true) {
            let file = try InputFile(path: result)
            let audit = try ReportWriter.readJSON(file.bytes(), file: result)
            try ReportFiles.write(audit, run: nil, to: output, writer: templates.writer(), reproducible: true)
            Console.out("Report: \(TerminalText.escape(output))/report.html\n")
            Console.error(AuditSummary.statusLine(audit) + "\n")
            if audit.exitStatus != .passed { throw ExitCode(audit.exitStatus.rawValue) }
        }
    }
}
