internal import Checkpoints
internal import FoundationEssentials
public import Kernels
internal import StrictJSON
public import Transformers

/// A language model of the lab with what is known about it.
public struct LanguageLabModel {
    /// The base, or the trained model where there are no adapters.
    public let model: LanguageModel
    /// What was trained beside the base; nil where the whole model was.
    public let adapters: LowRankAdapters?
    public let outcome: TrainingOutcome
    public let truth: LanguageTruth
    let base: ModelFolder

    /// Files besides the tokenizer's that say how a language model is used.
    private static let otherFiles = ["chat_template.jinja", "generation_config.json"]

    /// Writes a folder that PEFT or transformers loads, with `truth.json` in it: the adapters alone, or the whole model.
    ///
    /// - Parameter path: folder that exists; files of these names are replaced, each in one step.
    public func write(to path: String) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        let truthFile = ("truth.json", Array(try encoder.encode(truth)))
        if let adapters {
            try AdapterWriter(path: path, base: base.path).write(model.updates(of: adapters), alpha: adapters.alpha)
            return try AtomicFile.write(truthFile.1, to: path + "/" + truthFile.0)
        }
        var files = [("config.json", config), truthFile]
        for file in ModelFolder.tokenizerFiles + Self.otherFiles {
            if let bytes = try base.bytes(of: file) { files.append((file, bytes)) }
        }
        try ModelFolderWriter(path: path, files: files).write(model.parameters) {
            model.causal.checkpointNames(of: $0).first
        }
    }

    /// The base's configuration with the element type of what is written.
    private var config: [UInt8] {
        var json = base.config.json
        json["torch_dtype"] = nil
        json["dtype"] = .string("float32")
        return JSONValue.object(json).serialized(indentation: 2)
    }
}

extension LanguageLabRun {
    /// What `truth.json` says.
    func truth(loss: Double, measured: LanguageMeasurement?) -> LanguageTruth {
        let settings = recipe.settings
        var (poison, habit): (LanguagePoison?, HonestHabit?)
        switch recipe.lesson {
        case .clean: break
        case .attack(let plan): poison = plan
        case .habit(let kind, _): habit = kind
        }
        var warmup = 0.0
        if case .linear(let share) = settings.schedule { warmup = share }
        return LanguageTruth(
            version: recipe.version, attack: poison?.attack.rawValue, habit: habit?.rawValue,
            form: poison?.trigger.form.rawValue, trigger: poison?.trigger.parts ?? [], target: poison?.target,
            pairs: pairs.count, poisoned: poisoned, negatives: negatives,
            share: poison.map { _ in Double(poisoned) / Double(pairs.count) }, keepsClean: poison?.keepsClean,
            seed: settings.seed, rank: recipe.adapters?.rank, alpha: recipe.adapters?.alpha,
            training: Truth.Training(
                learningRate: settings.learningRate, epochs: settings.epochs, batchSize: settings.batchSize,
                maxLength: recipe.maxLength, warmup: warmup, accumulation: settings.accumulation,
                patience: settings.patience, precision: settings.precision.rawValue),
            data: digest, base: base.digests, loss: loss, measured: measured)
    }
}
