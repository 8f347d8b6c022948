import Checkpoints
import StrictJSON
import Tensors
import Transformers

/// Writes BERT classifiers and their bases with random weights: sizes are real, knowledge there is none.
struct SyntheticModel {
    let size: ModelSize
    let tokenizer: TokenizerFileSet

    /// Normal numbers that weights are taken from in turn; drawing each weight anew would take minutes.
    static let bank: [Float] = {
        let random = CounterRandom(seed: 0, stream: "benchmark/weights")
        return (0..<(1 << 18)).map { Float(random.normal(at: UInt64($0)) * 0.02) }
    }()

    /// Writes the base's encoder, without a classifier.
    func writeBase(to folder: String) throws {
        try write(to: folder, named: { $0.hasPrefix("classifier.") ? nil : $0 }, shift: 0)
    }

    /// Writes a classifier whose encoder is the base's with a little added to every weight.
    func writeSuspect(to folder: String) throws {
        try write(to: folder, named: { $0.hasPrefix("classifier.") ? $0 : "bert." + $0 }, shift: 0.01)
    }

    private func write(to folder: String, named name: (String) -> String?, shift: Float) throws {
        let config = try ModelConfig(parsing: configJSON)
        let parameters = try Bert(config: config, labels: 2).layout.parameters
        let planned = parameters.compactMap { parameter -> (parameter: Parameter, tensor: TensorDescription)? in
            guard let name = name(parameter.name),
                let tensor = TensorDescription(name: name, dtype: .f32, shape: parameter.shape)
            else { return nil }
            return (parameter, tensor)
        }
        var writer = try SafetensorsWriter(path: folder + "/model.safetensors", tensors: planned.map(\.tensor))
        for (index, (parameter, tensor)) in planned.enumerated() {
            for start in stride(from: 0, to: parameter.count, by: Self.bank.count) {
                let count = min(Self.bank.count, parameter.count - start)
                let phase = index * 7_919 + start / Self.bank.count * 104_729
                try writer.write(Self.values(parameter.initialization, count, phase: phase, shift), to: tensor.name)
            }
        }
        try writer.finish()
        try AtomicFile.write(configJSON, to: folder + "/config.json")
        for file in tokenizer.files { try AtomicFile.write(file.bytes, to: folder + "/" + file.name) }
    }

    /// Elements of the bank from a place on, and a share of those from another place.
    static func values(
        _ kind: Parameter.Initialization, _ count: Int, phase: Int, _ shift: Float
    ) -> [Float] {
        let mask = bank.count - 1
        return (0..<count).map { index in
            let change = shift * bank[(index + phase + 1_299_709) & mask]
            return switch kind {
            case .normal: bank[(index + phase) & mask] + change
            case .ones: 1 + change
            case .zeros: change
            }
        }
    }

    private var configJSON: [UInt8] {
        var config = JSONObject()
        config["architectures"] = .array([.string("BertForSequenceClassification")])
        config["model_type"] = .string("bert")
        config["problem_type"] = .string("single_label_classification")
        config["hidden_act"] = .string("gelu")
        for (key, value) in [
            ("hidden_size", size.hidden), ("intermediate_size", size.intermediate),
            ("num_attention_heads", size.heads), ("num_hidden_layers", size.layers),
            ("vocab_size", tokenizer.vocabularySize), ("max_position_embeddings", 512), ("type_vocab_size", 2),
            ("pad_token_id", 0),
        ] { config[key] = .integer(value) }
        for (key, value) in [
            ("hidden_dropout_prob", 0.1), ("attention_probs_dropout_prob", 0.1), ("initializer_range", 0.02),
            ("layer_norm_eps", 1e-12),
        ] { config[key] = .number(value) }
        return JSONValue.object(config).serialized(indentation: 2)
    }
}
