import ArgumentParser
import Audit
import Files
import Reports

struct DiffCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "diff",
        abstract: "Compare a suspect's weights, embeddings, tokenizer and configuration with its base's.",
        discussion: """
            Needs no data and runs no model. A difference is a place to look, not a verdict on triggers: the exit code \
            is 0 whenever both models could be read, unless --fail-on gate asks for that of the rules on files and \
            weights (1 failed, 2 undecided).

            EXAMPLES
              assay diff vendor-model --base base-model
              assay diff vendor-model --base base-model --rows 50
              assay diff vendor-model --base base-model --output diff-report --fail-on gate
            """)

    @Argument(
        help: ArgumentHelp("Folder of the model under suspicion, or of a LoRA adapter.", valueName: "suspect"),
        completion: .directory)
    var suspect: String
    @Option(help: "Folder of the pre-trained model it was fine-tuned from.", completion: .directory) var base: String
    @Option(help: "Token or word frequencies: JSON object, or lines of word and count.", completion: .file())
    var frequencies: String?
    @Option(help: "Rows of each table.") var rows = 15
    @Option(name: .customLong("base-sha256"), help: "SHA-256 that the base's weights file must have.")
    var baseSHA256: String?
    @OptionGroup var threads: ThreadOption
    @OptionGroup(title: "Gate") var gate: GateArguments
    @Option(help: "Failures that give exit code 1: gate, or never.") var failOn = FailOn.never
    @Option(help: "Folder for the reports. (default: none are written)", completion: .directory) var output: String?
    @OptionGroup(title: "Reports") var reports: ReportOptions

    func validate() throws {
        guard (1...200).contains(rows) else { throw ValidationError("--rows must be from 1 to 200") }
        guard !reports.open || output != nil else { throw ValidationError("--open needs --output") }
    }

    func run() throws {
        try Console.run(verdict: true) {
            try output.map(Folder.requireCreatable)
            var options = ComparisonOptions(
                suspect: suspect, base: base, frequencies: frequencies, baseSHA256: baseSHA256, threads: threads.count,
                command: CommandLineText.current)
            options.terms = try gate.options(enforced: failOn == .gate)
            let writer = try reports.templates.writer()
            let result = try Comparison.result(options)
            let formats = reports.format.formats
            if let output {
                try ReportFiles.write(result, run: nil, formats: formats, to: output, writer: writer)
            }
            try Console.out(Colours.painted(DiffReport(result).text(rows: rows)))
            if let output {
                try Console.out("\n" + ReportFiles.line(output, formats))
                reports.openIfAsked(output)
            }
            try Conclusion.end(result)
        }
    }
}
