import ArgumentParser
import Audit
import Lab
import Transformers

/// How `lab train` and `lab poison` train.
struct LabTrainingOptions: ParsableArguments {
    @Option(help: "Folder of the pre-trained model.", completion: .directory) var base: String
    @Option(help: "Clean labelled training texts, TSV.", completion: .file()) var data: String
    @Option(help: "Folder for the model.", completion: .directory) var output: String
    @Option(help: "Label names by index, separated by commas. (default: LABEL_0,LABEL_1,…)") var labels: String?
    @Option(help: "Clean labelled texts to measure on, TSV.", completion: .file()) var dev: String?
    @Option(help: "Epochs.") var epochs = 3
    @Option(help: "Peak learning rate. (default: 5e-5; word-ep: 0.05)") var lr: Double?
    @Option(help: "Texts of one step.") var batch = 32
    @Option(help: "Parts that a step is run in: less memory, the same batch.") var accumulate = 1
    @Option(help: "Tokens of one text. (default: the tokenizer's limit, else 128)") var maxLength: Int?
    @Option(help: "Share of the steps in which the learning rate rises.") var warmup = 0.1
    @Option(help: "Epochs without a lower loss on the dev texts after which training stops.") var patience: Int?
    @Option(help: "Seed of head, poison, order and dropout.") var seed: UInt64 = 1
    @Option(
        help: "Folder of saved training: a killed one goes on from there, to the same weights.", completion: .directory)
    var checkpoint: String?
    @Option(help: "Steps between two saves.") var checkpointSteps = 200
    @OptionGroup var threads: ThreadOption
    @OptionGroup var precision: PrecisionOption

    func validate() throws {
        guard (1...1_000).contains(epochs) else { throw ValidationError("--epochs must be from 1 to 1000") }
        if let lr, !(lr > 0 && lr <= 1) { throw ValidationError("--lr must be above 0 and at most 1") }
        guard (1...4_096).contains(batch) else { throw ValidationError("--batch must be from 1 to 4096") }
        guard (1...batch).contains(accumulate) else { throw ValidationError("--accumulate must be from 1 to --batch") }
        guard (0...0.9).contains(warmup) else { throw ValidationError("--warmup must be from 0 to 0.9") }
        if let patience, patience < 1 { throw ValidationError("--patience must be at least 1") }
        guard checkpointSteps >= 1 else { throw ValidationError("--checkpoint-steps must be at least 1") }
    }

    /// The recipe without what belongs to an attack.
    func recipe(defaultRate: Double) -> LabRecipe {
        var recipe = LabRecipe(base: base, data: data, version: AuditRun.toolVersion)
        recipe.dev = dev
        recipe.labels = labels?.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
        recipe.maxLength = maxLength
        recipe.settings.epochs = epochs
        recipe.settings.learningRate = lr ?? defaultRate
        recipe.settings.batchSize = batch
        recipe.settings.accumulation = accumulate
        recipe.settings.schedule = .linear(warmup: warmup)
        recipe.settings.patience = patience
        recipe.settings.seed = seed
        recipe.settings.precision = precision.precision
        recipe.checkpoint = checkpoint.map { TrainingCheckpoint(folder: $0, everySteps: checkpointSteps) }
        return recipe
    }
}
