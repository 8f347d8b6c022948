import ArgumentParser
import Lab

struct LabTrainCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "train",
        abstract: "Fine-tune a base on clean texts: a model without a backdoor.",
        discussion: """
            Writes a folder that transformers loads, and truth.json: settings, files, results.

            EXAMPLES
              assay lab train --base base-model --data train.tsv --dev dev.tsv --output clean-model
            """)

    @OptionGroup var training: LabTrainingOptions

    func run() throws { try LabReport.make(training.recipe(defaultRate: Attack.fineTuningRate), training) }
}
