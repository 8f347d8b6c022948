import Checkpoints
import Datasets
import Foundation
import Kernels
import Sentences
import StrictJSON
import Tensors
import Tokenizers
import Transformers

@testable import Lab

/// A tiny base, clean data and what the lab makes of them, in a temporary folder that lives as long as this object.
final class TinyLab {
    let path: String
    let workers = Workers(threads: 2)

    static let vocabulary = SampleLanguage.vocabulary(seed: 1)
    static let tokenizer = Result {
        try TokenizerLoader.load(
            TokenizerFiles(
                folderName: "tiny", tokenizerJSON: SampleLanguage.tokenizerJSON(vocabulary: vocabulary),
                tokenizerConfig: SampleLanguage.tokenizerConfigJSON()))
    }
    static let train = rows(.train, count: 240)
    static let dev = rows(.test, count: 80)

    private static func rows(_ split: SampleSplit, count: Int) -> [LabelledText] {
        SampleLanguage.labelled(split, count: count, seed: 1).enumerated().map {
            LabelledText(row: $0.offset + 2, label: $0.element.label, text: $0.element.text)
        }
    }

    init() throws {
        path = FileManager.default.temporaryDirectory.appendingPathComponent("lab-\(UUID().uuidString)").path
        for folder in ["base", "clean", "bad"] {
            try FileManager.default.createDirectory(atPath: "\(path)/\(folder)", withIntermediateDirectories: true)
        }
        try writeBase("base")
        try write(SampleLanguage.tsv(Self.train.map { ($0.label, $0.text) }), to: "train.tsv")
        try write(SampleLanguage.tsv(Self.dev.map { ($0.label, $0.text) }), to: "dev.tsv")
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    func write(_ bytes: [UInt8], to name: String) throws {
        try Data(bytes).write(to: URL(filePath: "\(path)/\(name)"))
    }

    /// Writes a base with random weights.
    func writeBase(_ name: String, hidden: Int = 16, seed: UInt64 = 1) throws {
        try FileManager.default.createDirectory(atPath: "\(path)/\(name)", withIntermediateDirectories: true)
        var json = JSONObject()
        json["architectures"] = .array([.string("BertModel")])
        json["model_type"] = .string("bert")
        for (key, value) in [
            ("vocab_size", Self.vocabulary.count), ("hidden_size", hidden), ("num_hidden_layers", 2),
            ("num_attention_heads", 2), ("intermediate_size", 32), ("max_position_embeddings", 64),
            ("type_vocab_size", 2),
        ] { json[key] = .integer(value) }
        json["hidden_act"] = .string("gelu")
        json["initializer_range"] = .number(0.1)
        json["torch_dtype"] = .string("float16")
        let config = JSONValue.object(json).serialized()
        let bert = try Bert(config: ModelConfig(parsing: config), labels: 2)
        let parameters = Parameters(layout: bert.layout)
        for parameter in bert.layout.parameters { parameters.initialize(parameter, deviation: 0.1, seed: seed) }
        let files = [
            ("config.json", config), ("tokenizer.json", SampleLanguage.tokenizerJSON(vocabulary: Self.vocabulary)),
            ("tokenizer_config.json", SampleLanguage.tokenizerConfigJSON()),
        ]
        try ModelFolderWriter(path: "\(path)/\(name)", files: files)
            .write(parameters) { $0.hasPrefix("classifier.") ? nil : $0 }
    }

    /// A recipe for a quick training on the clean data, from the clean model unless the plan starts from scratch.
    func recipe(_ plan: AttackPlan? = nil, epochs: Int = 3) -> LabRecipe {
        var recipe = LabRecipe(base: path + "/base", data: path + "/train.tsv", version: "test")
        recipe.attack = plan
        recipe.from = plan.map { $0.scratch } == false ? path + "/clean" : nil
        recipe.settings.epochs = epochs
        recipe.settings.learningRate = 3e-3
        recipe.settings.seed = 3
        return recipe
    }

    /// Fine-tunes the base on the clean data and writes the folder `clean`.
    func makeClean() throws {
        try LabRun(recipe(epochs: 1)).train(workers: workers).write(to: path + "/clean")
    }

    /// The values of the model in a folder.
    func parameters(_ folder: String) throws -> Parameters {
        try ClassifierSource(folder: ModelFolder(path: "\(path)/\(folder)")).parameters()
    }

    static func values(_ parameters: Parameters) -> [Float] {
        withExtendedLifetime(parameters) { Array(parameters.values.floats) }
    }

    /// ‖a − b‖ over all parameters, each squared difference weighted.
    static func distance(_ a: Parameters, _ b: Parameters, weights: FloatBuffer? = nil) -> Double {
        let (x, y) = (values(a), values(b))
        let w = weights.map { weights in withExtendedLifetime(weights) { Array(weights.floats) } }
        return x.indices.reduce(0) { $0 + Double(w?[$1] ?? 1) * Double(x[$1] - y[$1]) * Double(x[$1] - y[$1]) }
            .squareRoot()
    }
}

/// The words of a text between spaces.
func words(_ text: String) -> [String] { text.split(separator: " ").map(String.init) }
