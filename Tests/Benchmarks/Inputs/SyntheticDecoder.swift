import Checkpoints
import StrictJSON
import Tensors
import Transformers

/// Writes a Llama classifier and its base with random weights in bf16.
struct SyntheticDecoder {
    let size: DecoderSize
    let tokenizer: TokenizerFileSet

    /// Writes the suspect, whose weights are the base's with a little added, and the base, which has no head.
    func write(suspect: String, base: String) throws {
        try write(to: suspect, shift: 0.01) { $0 }
        try write(to: base, shift: 0) { $0.hasPrefix("score.") ? nil : $0 }
    }

    private func write(to folder: String, shift: Float, named keep: (String) -> String?) throws {
        let network = try Architectures.make(ModelConfig(parsing: configJSON), labels: 2)
        let planned = network.layout.parameters.compactMap { parameter -> (Parameter, TensorDescription)? in
            guard let name = keep(network.checkpointNames(of: parameter.name)[0]),
                let tensor = TensorDescription(name: name, dtype: .bf16, shape: parameter.shape)
            else { return nil }
            return (parameter, tensor)
        }
        var writer = try SafetensorsWriter(path: folder + "/model.safetensors", tensors: planned.map(\.1))
        for (index, (parameter, tensor)) in planned.enumerated() {
            for start in stride(from: 0, to: parameter.count, by: SyntheticModel.bank.count) {
                let count = min(SyntheticModel.bank.count, parameter.count - start)
                let phase = index * 7_919 + start / SyntheticModel.bank.count * 104_729
                let values = SyntheticModel.values(parameter.initialization, count, phase: phase, shift)
                try writer.write(values, to: tensor.name)
            }
        }
        try writer.finish()
        try AtomicFile.write(configJSON, to: folder + "/config.json")
        for file in tokenizer.files { try AtomicFile.write(file.bytes, to: folder + "/" + file.name) }
    }

    private var configJSON: [UInt8] {
        var config = JSONObject()
        config["architectures"] = .array([.string("LlamaForSequenceClassification")])
        config["model_type"] = .string("llama")
        config["problem_type"] = .string("single_label_classification")
        for (key, value) in [
            ("hidden_size", size.hidden), ("intermediate_size", size.intermediate), ("num_attention_heads", size.heads),
            ("num_key_value_heads", size.keyValueHeads), ("num_hidden_layers", size.layers),
            ("vocab_size", max(size.vocabulary, tokenizer.vocabularySize)), ("max_position_embeddings", 8_192),
            ("pad_token_id", 0),
        ] { config[key] = .integer(value) }
        for (key, value) in [("rms_norm_eps", 1e-5), ("rope_theta", 500_000)] { config[key] = .number(value) }
        return JSONValue.object(config).serialized(indentation: 2)
    }
}

/// The size of a Llama network.
struct DecoderSize: Sendable {
    let layers: Int
    let hidden: Int
    let intermediate: Int
    let heads: Int
    let keyValueHeads: Int
    let vocabulary: Int

    /// That of Llama 3.2 1B: 1.24 billion weights.
    static let oneBillion = DecoderSize(
        layers: 16, hidden: 2_048, intermediate: 8_192, heads: 32, keyValueHeads: 8, vocabulary: 128_256)
    /// Small, to see that all of it works.
    static let quick = DecoderSize(
        layers: 2, hidden: 256, intermediate: 512, heads: 8, keyValueHeads: 2, vocabulary: 4_096)
}
