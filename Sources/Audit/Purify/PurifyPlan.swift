import Checkpoints
import Datasets
import Files
import Findings
import Kernels
import Tensors
import Tokenizers
import Transformers

/// Everything that a purification is made from: checked and read before anything is trained.
struct PurifyPlan {
    let weights: PairedWeights
    let data: CleanData
    /// Clean texts that are used, encoded.
    let examples: [TrainingExample]
    let maxLength: Int
    let settings: TrainingSettings
    private let options: PurifyOptions
    private let remedy: any Remedy
    private let workers: Workers
    /// Hash of everything that the saved ratios depend on but the method.
    private let inputKey: String

    init(_ options: PurifyOptions, pair: ModelPair, resetRows: [Int]) throws {
        self.options = options
        workers = Workers(threads: options.threads)
        let suspect = try ClassifierSource(folder: pair.suspect)
        let base = try ClassifierSource(base: pair.runnableBase, labels: suspect.labels, seed: options.seed)
        let tokenizer = pair.suspectTokenizer
        try suspect.architecture.check(tokenizer, folder: pair.suspect.path)
        let maxLength = try suspect.architecture.maxLength(
            options.maxLength, atLeast: 8, tokenizer, folder: pair.suspect.path)
        let data = try CleanData(path: options.data, labels: suspect.labels.count, seed: options.seed)
        self.maxLength = maxLength
        self.data = data
        examples = (data.discover + data.confirm).map {
            TrainingExample(
                encoding: tokenizer.encode($0.text, pair: $0.pair, maxLength: maxLength), label: $0.label)
        }
        weights = PairedWeights(suspect: suspect, base: base, resetRows: options.epur ? resetRows : nil)
        remedy = try options.method.remedy(weights, seed: options.seed, workers: workers)
        settings = Self.settings(options)
        inputKey = StageStore.key(
            pair.suspect.digests.map(\.sha256) + pair.base.digests.map(\.sha256)
                + [
                    data.summary.file.sha256, AuditRun.toolVersion,
                    "\(PurifyRecord.currentSchemaVersion)", "\(InstructionLevel.current)", options.precision.rawValue,
                    "\(options.seed)", "\(maxLength)", "\(weights.resetRows ?? [])", "\(options.epur)",
                    "\(options.epochs) \(options.learningRate) \(options.batchSize)",
                ])
    }

    /// The search, each ratio of which is saved in the store.
    func search(_ store: StageStore) -> RemedySearch {
        var search = RemedySearch(
            remedy: remedy, suspect: weights.suspect, examples: examples, grid: options.grid.sorted(),
            wholeCurve: options.rhoCurve, tolerance: options.tolerance, settings: settings, workers: workers)
        search.saved = { rho, compute in
            // At ρ = 1 every remedy leaves the suspect as it is.
            let method = rho == 1 ? "untreated" : options.method.rawValue
            return try store.result(
                "purify-\(method)", key: StageStore.key([inputKey, method, "\(rho)"]),
                isSound: { $0.rho == rho && $0.right.count == examples.count && $0.logLoss.count == examples.count },
                compute: compute
            ).0
        }
        return search
    }

    /// Checkpoint names of what the base lacks.
    var keptFromSuspect: [String] {
        weights.kept.map { weights.suspect.checkpointNames[$0.name] ?? $0.name }
    }

    private static func settings(_ options: PurifyOptions) -> TrainingSettings {
        var settings = TrainingSettings()
        settings.epochs = options.epochs
        settings.batchSize = options.batchSize
        settings.learningRate = options.learningRate
        settings.seed = options.seed
        settings.precision = options.precision
        return settings
    }
}
