import ArgumentParser
import Audit
import Reports

struct DiffCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "diff",
        abstract: "Compare a suspect's weights, embeddings, tokenizer and configuration with its base's.",
        discussion: """
            Needs no data and runs no model. A difference is a place to look, not a verdict: the exit code is 0 \
            whenever both models could be read.

            EXAMPLES
              assay diff vendor-model --base base-model
              assay diff vendor-model --base base-model --rows 50
            """)

    @Argument(help: ArgumentHelp("Folder of the model under suspicion.", valueName: "suspect")) var suspect: String
    @Option(help: "Folder of the pre-trained model it was fine-tuned from.") var base: String
    @Option(help: "Token or word frequencies: JSON object, or lines of word and count.") var frequencies: String?
    @Option(help: "Rows of each table.") var rows = 15
    @Option(name: .customLong("base-sha256"), help: "SHA-256 that the base's weights file must have.")
    var baseSHA256: String?
    @OptionGroup var threads: ThreadOption

    func validate() throws {
        guard (1...200).contains(rows) else { throw ValidationError("--rows must be from 1 to 200") }
    }

    func run() throws {
        try Console.run {
            let result = try Comparison.result(
                ComparisonOptions(
                    suspect: suspect, base: base, frequencies: frequencies, baseSHA256: baseSHA256,
                    threads: threads.count, command: CommandLineText.current))
            Console.out(DiffReport(result).text(rows: rows))
        }
    }
}
