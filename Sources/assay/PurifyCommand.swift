public import ArgumentParser
public import Audit
import Kernels
import Reports

extension RemedyMethod: ExpressibleByArgument {}

struct PurifyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "purify",
        abstract: "Apply one remedy to a suspect classifier and write the purified model.",
        discussion: """
            The suspect's weights are treated, then fine-tuned on clean texts. How strongly is chosen on those texts \
            alone: the smallest reserve ratio ρ not shown to cost more clean accuracy than the tolerance. For every \
            method ρ goes from 0, which leaves least of the suspect, to 1, which is plain fine-tuning. A quarter of the \
            texts is left for an audit of the result with the same seed. The folder that is written loads in \
            transformers; purify.json in it says what was done.

            EXAMPLES
              assay purify vendor-model --base base-model --data clean.tsv --method fine-mixing --output purified
              assay purify vendor-model --base base-model --data clean.tsv --method spectral --no-epur --output purified
              assay purify vendor-model --base base-model --data clean.tsv --method shrink --rho 0.4 --output purified
            """)

    @Argument(
        help: ArgumentHelp("Folder of the model under suspicion, or of a LoRA adapter.", valueName: "suspect"),
        completion: .directory)
    var suspect: String
    @Option(help: "Folder of the pre-trained model it was fine-tuned from.", completion: .directory) var base: String
    @Option(help: "Clean labelled texts, TSV.", completion: .file()) var data: String
    @Option(help: "The remedy.") var method: RemedyMethod
    @Option(help: "Folder for the purified model.", completion: .directory) var output: String
    @Flag(inversion: .prefixedNo, help: "Reset the anomalous rows of the word embeddings and leave the others alone.")
    var epur = true
    @Option(help: "Reserve ratios to try, separated by commas; a single one is applied as it is. (default: 0,0.1,…,1)")
    var rho: String?
    @Flag(help: "Try every reserve ratio, not only as many as the choice needs.") var rhoCurve = false
    @Option(help: "Clean accuracy that a ratio may cost, as a fraction.") var tolerance = Policy().remedyTolerance
    @Option(help: "Token or word frequencies: JSON object, or lines of word and count.", completion: .file())
    var frequencies: String?
    @Option(help: "Folder of saved stages: a repeated or killed run goes on from there.", completion: .directory)
    var work: String?
    @Option(help: "Epochs of fine-tuning.") var epochs = PurificationDefaults.epochs
    @Option(help: "Peak learning rate of fine-tuning.") var lr = PurificationDefaults.learningRate
    @Option(help: "Texts of one training step.") var batch = PurificationDefaults.batchSize
    @Option(help: "Seed of every random choice.") var seed: UInt64 = 0
    @Option(help: "Tokens of one text, at least 8. (default: the tokenizer's limit, else 128)") var maxLength: Int?
    @OptionGroup var threads: ThreadOption
    @OptionGroup var precision: PrecisionOption

    func validate() throws {
        guard (1...1_000).contains(epochs) else { throw ValidationError("--epochs must be from 1 to 1000") }
        guard lr > 0, lr <= 1 else { throw ValidationError("--lr must be above 0 and at most 1") }
        guard (1...4_096).contains(batch) else { throw ValidationError("--batch must be from 1 to 4096") }
        guard (0...1).contains(tolerance) else { throw ValidationError("--tolerance must be from 0 to 1") }
        _ = try ratios()
    }

    func run() throws {
        try Console.run {
            let progress = Progress()
            let record = try PurifyRun(options()) { progress.show($0) }.run()
            try Console.out(record.summary)
            try Console.out("Purified model: \(TerminalText.escape(output))\n")
        }
    }

    private func options() throws -> PurifyOptions {
        var options = PurifyOptions(
            suspect: suspect, base: base, data: data, method: method, output: output, threads: threads.count)
        options.epur = epur
        options.rho = try ratios()
        options.rhoCurve = rhoCurve
        options.tolerance = tolerance
        options.frequencies = frequencies
        options.work = work
        options.epochs = epochs
        options.learningRate = lr
        options.batchSize = batch
        options.seed = seed
        options.maxLength = maxLength
        options.precision = precision.precision
        return options
    }

    private func ratios() throws -> [Double]? {
        guard let rho else { return nil }
        let ratios = rho.split(separator: ",").map { Double($0) ?? -1 }
        guard !ratios.isEmpty, ratios.allSatisfy({ (0...1).contains($0) }) else {
            throw ValidationError("--rho takes numbers from 0 to 1 separated by commas, such as 0.1,0.3,0.5")
        }
        return Array(Set(ratios)).sorted()
    }
}
