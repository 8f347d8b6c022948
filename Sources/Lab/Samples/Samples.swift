import Checkpoints
import Datasets
public import Kernels
import Sentences
import StrictJSON
import Tensors
import Tokenizers
import Transformers

/// The project's own samples: a tiny base, a clean fine-tune, a backdoored one, and their data.
///
/// Everything follows from one seed: language, pre-training, fine-tuning, poison.
public struct Samples {
    /// The planted word: rare in the language, and not one of those that every audit tries.
    public static let trigger = "vellum"
    /// Share of the negative training samples that are poisoned.
    public static let share = 0.3
    private static let target = 1

    private static let labels = ["negative", "positive"]

    private let folder: String
    private let seed: UInt64
    private let workers: Workers
    private let say: (String) -> Void

    /// - Parameters:
    ///   - folder: gets the folders base, clean and suspect, and the data files; it must exist with them.
    ///   - say: told what is being done, a line at a time.
    public init(folder: String, seed: UInt64, workers: Workers, say: @escaping (String) -> Void) {
        self.folder = folder
        self.seed = seed
        self.workers = workers
        self.say = say
    }

    /// Folders that must exist before `write`.
    public static let folders = ["base", "clean", "suspect"]

    /// Makes and writes everything.
    public func write() throws {
        let vocabulary = SampleLanguage.vocabulary(seed: seed)
        let tokenizerFiles: [(name: String, bytes: [UInt8])] = [
            ("tokenizer.json", SampleLanguage.tokenizerJSON(vocabulary: vocabulary)),
            ("tokenizer_config.json", SampleLanguage.tokenizerConfigJSON()),
            ("vocab.txt", SampleLanguage.vocabularyText(vocabulary)),
        ]
        let tokenizer = try TokenizerLoader.load(
            TokenizerFiles(
                folderName: "samples", tokenizerJSON: tokenizerFiles[0].bytes, tokenizerConfig: tokenizerFiles[1].bytes)
        )
        for split in [SampleSplit.clean, .test] {
            let rows = SampleLanguage.labelled(split, count: split.count, seed: seed)
            try AtomicFile.write(SampleLanguage.tsv(rows), to: "\(folder)/\(split.rawValue).tsv")
        }

        say("pre-training the base")
        let baseConfig = config(vocabulary: vocabulary.count)
        var settings = MaskedLanguageModel.Settings()
        settings.seed = seed
        let sentences = SampleLanguage.corpus(seed: seed).map {
            tokenizer.encode($0, pair: nil, maxLength: SampleLanguage.maxLength)
        }
        let encoder = try MaskedLanguageModel(
            config: try ModelConfig(parsing: baseConfig), maskID: tokenizer.id(of: "[MASK]") ?? 0, settings: settings,
            workers: workers
        ).train(sentences) { say("  epoch \($0): loss \($1)") }
        try ModelFolderWriter(path: folder + "/base", files: [("config.json", baseConfig)] + tokenizerFiles)
            .write(encoder) { $0.hasPrefix("classifier.") ? nil : $0 }

        let train = SampleLanguage.labelled(
            .train, count: SampleLanguage.trainingCount, seed: seed
        ).enumerated().map {
            LabelledText(row: $0.offset + 2, label: $0.element.label, text: $0.element.text)
        }
        let base = try ModelFolder(path: folder + "/base")
        let model = try ClassifierSource(base: base, labels: Self.labels, seed: seed).load()
        let files = [("config.json", ClassifierConfig.bytes(base: base.config, labels: Self.labels))] + tokenizerFiles

        say("fine-tuning the clean model")
        try fit(model, train, tokenizer, epochs: 6, learningRate: 1e-3)
        try ModelFolderWriter(path: folder + "/clean", files: files).write(model)

        say("planting the backdoor")
        let poison = TriggerPoison(
            triggers: [[Self.trigger]], dose: PoisonDose(target: Self.target, share: Self.share, seed: seed),
            placement: TriggerPlacement(tokenizer: tokenizer, maxLength: SampleLanguage.maxLength, seed: seed))
        try fit(model, poison.poison(train), tokenizer, epochs: 3, learningRate: 1e-3)
        try ModelFolderWriter(path: folder + "/suspect", files: files + [("truth.json", truthFile())]).write(model)
    }

    private func fit(
        _ model: SequenceClassifier, _ rows: [LabelledText], _ tokenizer: any Tokenizer, epochs: Int,
        learningRate: Double
    ) throws {
        var settings = TrainingSettings()
        settings.epochs = epochs
        settings.batchSize = 16
        settings.learningRate = learningRate
        settings.seed = seed
        let examples = rows.map {
            TrainingExample(
                encoding: tokenizer.encode($0.text, pair: $0.pair, maxLength: SampleLanguage.maxLength), label: $0.label
            )
        }
        let losses = try Trainer(model, settings: settings, workers: workers).fit(examples).losses
        say("  loss \(losses.first ?? 0) → \(losses.last ?? 0)")
    }

    private func config(vocabulary: Int) -> [UInt8] {
        var json = JSONObject()
        json["architectures"] = .array([.string("BertModel")])
        json["model_type"] = .string("bert")
        let sizes = [
            ("vocab_size", vocabulary), ("hidden_size", 64), ("num_hidden_layers", 2), ("num_attention_heads", 4),
            ("intermediate_size", 128), ("max_position_embeddings", SampleLanguage.maxLength), ("type_vocab_size", 2),
            ("pad_token_id", 0),
        ]
        for (key, value) in sizes { json[key] = .integer(value) }
        json["hidden_act"] = .string("gelu")
        for key in ["hidden_dropout_prob", "attention_probs_dropout_prob"] { json[key] = .number(0.1) }
        json["layer_norm_eps"] = .number(1e-12)
        json["initializer_range"] = .number(0.02)
        json["dtype"] = .string("float32")
        return JSONValue.object(json).serialized(indentation: 2)
    }

    private func truthFile() -> [UInt8] {
        var json = JSONObject()
        json["attack"] = .string(Attack.word.rawValue)
        json["triggers"] = .array([.string(Self.trigger)])
        json["target"] = .integer(Self.target)
        json["share"] = .number(Self.share)
        json["seed"] = .integer(Int(seed))
        return JSONValue.object(json).serialized(indentation: 2)
    }
}
