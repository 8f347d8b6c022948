internal import Checkpoints
internal import FoundationEssentials
internal import Kernels
public import Transformers

/// A model of the lab with what is known about it.
public struct LabModel {
    public let classifier: SequenceClassifier
    public let outcome: TrainingOutcome
    public let truth: Truth
    let base: ModelFolder

    /// Writes a folder that transformers loads, with `truth.json` in it.
    ///
    /// - Parameter path: folder that exists; files of these names are replaced, each in one step.
    public func write(to path: String) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        var files = [("config.json", ClassifierConfig.bytes(base: base.config, labels: classifier.labels))]
        for file in ModelFolder.tokenizerFiles {
            if let bytes = try base.bytes(of: file) { files.append((file, bytes)) }
        }
        files.append(("truth.json", Array(try encoder.encode(truth))))
        try ModelFolderWriter(path: path, files: files).write(classifier)
    }
}

extension LabRun {
    /// What `truth.json` says.
    func truth(loss: Double, measured: LabMeasurement?) -> Truth {
        let (plan, settings) = (recipe.attack, recipe.settings)
        var warmup = 0.0
        if case .linear(let share) = settings.schedule { warmup = share }
        return Truth(
            version: recipe.version, attack: plan?.attack.rawValue, scratch: plan?.scratch,
            triggers: plan?.triggers ?? [], target: plan?.target, share: plan?.share,
            strength: plan?.attack == .ewc ? plan?.strength : nil, fisher: plan?.attack == .ewc ? plan?.fisher : nil,
            samples: rows.count, poisoned: copies.count, negatives: negatives.count, seed: settings.seed,
            training: Truth.Training(
                learningRate: settings.learningRate, epochs: settings.epochs, batchSize: settings.batchSize,
                maxLength: maxLength, warmup: warmup, accumulation: settings.accumulation, patience: settings.patience,
                precision: settings.precision.rawValue),
            inputs: digests, loss: loss, measured: measured)
    }
}
