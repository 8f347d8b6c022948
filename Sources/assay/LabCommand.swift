import ArgumentParser
import Files
import Kernels
import Lab
import Reports

struct LabCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "lab",
        abstract: "Plant known backdoors, so that the audit itself can be audited.",
        discussion: """
            EXAMPLES
              assay lab samples --output samples
              assay lab poison --attack word --scratch --base base-model --data train.tsv --output bad
              assay lab table --config samples/table.yml --output table
              assay lab calibrate --config samples/zoo.yml --output calibration
            """,
        subcommands: [
            LabTrainCommand.self, LabPoisonCommand.self, LabLanguageCommand.self, LabTableCommand.self,
            LabCalibrateCommand.self, SamplesCommand.self,
        ])
}

struct SamplesCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "samples",
        abstract: "Make the sample models and data anew: a tiny base, a clean and a backdoored fine-tune.",
        discussion: """
            EXAMPLES
              assay lab samples --output samples
            """)

    @Option(help: "Folder for the models and data.", completion: .directory) var output: String
    @Option(help: "Seed of everything.") var seed: UInt64 = 1
    @OptionGroup var threads: ThreadOption

    func run() throws {
        try Console.run {
            for folder in Samples.folders { try Folder.create(output + "/" + folder) }
            try Samples(folder: output, seed: seed, workers: Workers(threads: threads.count)) {
                Console.error($0 + "\n")
            }.write()
            try Console.out("Samples: \(TerminalText.escape(output))\n")
        }
    }
}
