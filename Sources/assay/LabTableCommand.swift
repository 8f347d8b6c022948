import ArgumentParser
import Audit
import Experiments
import Findings
import Reports

struct LabTableCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "table",
        abstract: "Measure attacks × remedies × E-PUR × seeds on several tasks and write the table.",
        discussion: """
            Trains each attack's suspect, measures it before and after each remedy on texts that neither has seen, and \
            writes table.md, table.csv, table.json and table.html. Every finished cell is a file in DIR/cells: a killed \
            run goes on after the last one, and a cell whose settings, data or base have changed is measured anew. The \
            cost is estimated first. Exit codes: 0 all cells of the run are finished, 1 some failed, 2 it could not run, \
            64 wrong usage or config.

            EXAMPLES
              assay lab table --config samples/table.yml --output table
              assay lab table --config sst2-table.yml --data-dir data --base base-model --output results --estimate
              assay lab table --config sst2-table.yml --data-dir data --base base-model --output results --only sst2
            """)

    @Option(help: "The experiment, YAML.", completion: .file()) var config: String
    @Option(help: "Folder for cells and tables.", completion: .directory) var output: String
    @Option(
        help: "Folder of models while they are needed. (default: models in the output folder)", completion: .directory)
    var models: String?
    @Option(help: "Folder of the files that the config names. (default: the config's own)", completion: .directory)
    var dataDir: String?
    @Option(help: "Folder of the pre-trained model in place of the config's.", completion: .directory) var base: String?
    @Option(help: "Run this task only; may be given several times.") var only: [String] = []
    @Flag(help: "Say what is left to do and how long it takes, and stop.") var estimate = false
    @OptionGroup var threads: ThreadOption

    func run() throws {
        try Console.run {
            var options = ExperimentOptions(
                config: config, output: output, threads: threads.count,
                machine: "\(RunClock(threads: threads.count).record([]).processor), \(threads.count) threads")
            (options.models, options.dataFolder, options.base, options.only) = (models, dataDir, base, only)
            let experiment = try Experiment(options)
            if estimate { return try Console.out(TerminalText.escapeLines(experiment.estimate().text)) }
            let progress = TableProgress()
            let summary = try experiment.run { progress.show($0) }
            try Console.out("\(summary.finished) of \(summary.cells) cells finished\n")
            try Console.out("Table: \(TerminalText.escape(output))/table.html\n")
            if summary.failed > 0 { throw ExitCode(1) }
        }
    }
}

/// Shows a bar for the cell that is measured, and a line for each that is finished.
private final class TableProgress {
    private let bar = Progress()
    private let isTerminal = Console.errorIsTerminal

    func show(_ event: ExperimentEvent) {
        switch event {
        case .estimated(let estimate): Console.error(TerminalText.escapeLines(estimate.text))
        case .progressed(let title, let share, let detail):
            if isTerminal { bar.show(.progressed(stage: title, share: share, detail: detail)) }
        case .finished(let title, let result, let done, let all, let left):
            line("[\(done)/\(all)] \(TerminalText.escape("\(title): \(result)")); about \(DurationText.of(left)) left")
        case .failed(let title, let error): line("failed: \(TerminalText.escape("\(title): \(error)"))")
        }
    }

    private func line(_ text: String) { Console.error((isTerminal ? "\r\u{1B}[2K" : "") + text + "\n") }
}
