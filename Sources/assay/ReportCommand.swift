import ArgumentParser
import Checkpoints
import Findings
import Reports

struct ReportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "report",
        abstract: "Render the reports again from a result.json, without any model.",
        discussion: """
            The exit code is that of the audit that made the result; the verdict is recomputed from the result's rules, \
            and a result that states another one is refused.

            EXAMPLES
              assay report audit-report/result.json --output again
              assay report audit-report/result.json --format sarif,junit --output ci
            """)

    @Argument(help: ArgumentHelp("A result.json that an audit wrote.", valueName: "result.json"), completion: .file())
    var result: String
    @Option(help: "Folder for the reports.", completion: .directory) var output = "audit-report"
    @OptionGroup var reports: ReportOptions

    func run() throws {
        try Console.run(verdict: true) {
            let file = try InputFile(path: result)
            let audit = try ReportWriter.readJudged(file.bytes(), file: result)
            let formats = reports.format.formats
            try ReportFiles.write(audit, run: nil, formats: formats, to: output, writer: reports.templates.writer())
            try Console.out(ReportFiles.line(output, formats))
            reports.openIfAsked(output)
            try Conclusion.end(audit)
        }
    }
}
