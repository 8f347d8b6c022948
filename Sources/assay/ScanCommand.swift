import ArgumentParser
import Audit
import Files
import Findings
import Reports

struct ScanCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "scan",
        abstract: "Look at the files of one model folder: code, pickles, broken weights, odd tokenizer entries.",
        discussion: """
            Needs no base and no data, and runs nothing. Every file is hashed and told by its content; weights are \
            read for NaN and infinity. A pass says that nothing was found that runs code or cannot be read, and nothing of \
            backdoors in the weights. Exit codes: 0 gate passed, 1 gate failed, 2 something could not be read, 64 wrong usage.

            EXAMPLES
              assay scan vendor-model
              assay scan vendor-model --output scan-report --format html,sarif
              assay scan vendor-model --fail-on never
            """)

    @Argument(help: ArgumentHelp("Folder of the model.", valueName: "model"), completion: .directory) var model: String
    @OptionGroup(title: "Gate") var gate: GateArguments
    @Option(help: "Failures that give exit code 1: gate, or never.") var failOn = FailOn.gate
    @Option(help: "Folder for the reports. (default: none are written)", completion: .directory) var output: String?
    @OptionGroup(title: "Reports") var reports: ReportOptions
    @Option(help: "Rows of each table.") var rows = 15

    func validate() throws {
        guard (1...200).contains(rows) else { throw ValidationError("--rows must be from 1 to 200") }
        guard !reports.open || output != nil else { throw ValidationError("--open needs --output") }
    }

    func run() throws {
        try Console.run(verdict: true) {
            try output.map(Folder.requireCreatable)
            var options = ScanOptions(model: model, command: CommandLineText.current)
            options.terms = try gate.options(enforced: failOn == .gate)
            let progress = Progress()
            let writer = try reports.templates.writer()
            let result = try ScanRun(options) { progress.show($0) }.run()
            let formats = reports.format.formats
            if let output {
                try ReportFiles.write(result, run: nil, formats: formats, to: output, writer: writer)
            }
            try Console.out(Colours.painted(ScanReport(result).text(rows: rows)))
            if let output {
                try Console.out("\n" + ReportFiles.line(output, formats))
                reports.openIfAsked(output)
            }
            try Conclusion.end(result)
        }
    }
}
