import ArgumentParser
import Audit
import Experiments
import Findings
import Reports

struct LabCalibrateCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "calibrate",
        abstract: "Audit models with known truth: detection rate, false alarms, ROC, and limits for the gate.",
        discussion: """
            Trains clean and backdoored models as the config says, measures what was planted on texts that no audit sees, \
            and audits each without known triggers and without the remedy. Limits are chosen on one half of the models and \
            reported on the other, with exact intervals, in calibration.md, .csv, .json and .html. Every finished model is \
            a file in DIR/zoo: a killed run goes on after the last one, and a model whose settings, data or base have \
            changed is made anew. Exit codes: 0 all models of the run are finished, 1 some failed, 2 it could not run, 64 \
            wrong usage or config.

            EXAMPLES
              assay lab calibrate --config samples/zoo.yml --output zoo
              assay lab calibrate --config zoo.yml --data-dir data --base base-model --output results --estimate
              assay lab calibrate --config zoo.yml --data-dir data --base base-model --output results --jobs 10
            """)

    @Option(help: "The zoo, YAML.", completion: .file()) var config: String
    @Option(help: "Folder for records and results.", completion: .directory) var output: String
    @Option(
        help: "Folder of models while they are needed. (default: models in the output folder)", completion: .directory)
    var models: String?
    @Option(help: "Folder of the files that the config names. (default: the config's own)", completion: .directory)
    var dataDir: String?
    @Option(help: "Folder of the pre-trained model in place of the config's.", completion: .directory) var base: String?
    @Option(help: "Stop after so many models.") var jobs: Int?
    @Flag(help: "Keep the models after their audits.") var keepModels = false
    @Flag(help: "Say what is left to do and how long it takes, and stop.") var estimate = false
    @OptionGroup var threads: ThreadOption

    func validate() throws {
        if let jobs, jobs < 1 { throw ValidationError("--jobs must be at least 1") }
    }

    func run() throws {
        try Console.run {
            var files = ExperimentOptions(
                config: config, output: output, threads: threads.count,
                machine: "\(RunClock(threads: threads.count).record([]).processor), \(threads.count) threads")
            (files.models, files.dataFolder, files.base) = (models, dataDir, base)
            var options = ZooOptions(files: files)
            (options.keepModels, options.limit) = (keepModels, jobs)
            let zoo = try Zoo(options)
            if estimate { return try Console.out(TerminalText.escapeLines(zoo.estimate().text)) }
            let progress = ZooProgress()
            let summary = try zoo.run { progress.show($0) }
            try Console.out("\(summary.finished) of \(summary.models) models finished\n\(summary.text)\n")
            try Console.out("Report: \(TerminalText.escape(output))/calibration.html\n")
            if summary.failed > 0 { throw ExitCode(1) }
        }
    }
}

/// Shows a bar for the model at hand, and a line for each that is finished.
private final class ZooProgress {
    private let bar = Progress()
    private let isTerminal = Console.errorIsTerminal

    func show(_ event: ZooEvent) {
        switch event {
        case .estimated(let estimate): Console.error(TerminalText.escapeLines(estimate.text))
        case .progressed(let title, let share, let detail):
            if isTerminal { bar.show(.progressed(stage: title, share: share, detail: detail)) }
        case .finished(let title, let result, let done, let left):
            line("[\(done)/\(left.models)] \(TerminalText.escape("\(title): \(result)")); \(left.timeLeft)")
        case .failed(let title, let error): line("failed: \(TerminalText.escape("\(title): \(error)"))")
        }
    }

    private func line(_ text: String) { Console.error((isTerminal ? "\r\u{1B}[2K" : "") + text + "\n") }
}
