import Checkpoints
import StrictJSON
import Tensors
import Transformers

/// Writes a model folder as transformers writes one.
struct ModelFolderWriter {
    let path: String
    /// Other files of the folder, by name.
    let files: [(name: String, bytes: [UInt8])]

    /// Writes a classifier under the names that transformers gives its tensors.
    func write(_ model: SequenceClassifier) throws {
        try write(model.parameters) { model.architecture.checkpointNames(of: $0).first }
    }

    /// - Parameters:
    ///   - parameters: values to write, as 32-bit floats.
    ///   - name: the checkpoint's name of a parameter; nil leaves it out.
    func write(_ parameters: Parameters, named name: (String) -> String?) throws {
        let named = parameters.layout.parameters.compactMap { parameter in
            name(parameter.name).flatMap { TensorDescription(name: $0, dtype: .f32, shape: parameter.shape) }
                .map { (parameter, $0) }
        }
        var writer = try SafetensorsWriter(path: path + "/model.safetensors", tensors: named.map(\.1))
        for (parameter, tensor) in named {
            try writer.write(UnsafeBufferPointer(parameters.floats(parameter)), to: tensor.name)
        }
        try writer.finish()
        for file in files { try AtomicFile.write(file.bytes, to: path + "/" + file.name) }
    }
}

/// The `config.json` of a classifier that was fine-tuned from a base.
enum ClassifierConfig {
    /// The base's entries with the class, labels and element type of the classifier.
    static func bytes(base: ModelConfig, labels: [String]) -> [UInt8] {
        var json = base.json
        json["architectures"] = .array([.string(className(base) + "ForSequenceClassification")])
        json["torch_dtype"] = nil
        json["num_labels"] = nil
        json["dtype"] = .string("float32")
        var names = JSONObject()
        var indices = JSONObject()
        for (index, label) in labels.enumerated() {
            names[String(index)] = .string(label)
            indices[label] = .integer(index)
        }
        json["id2label"] = .object(names)
        json["label2id"] = .object(indices)
        json["problem_type"] = .string("single_label_classification")
        return JSONValue.object(json).serialized(indentation: 2)
    }

    /// "Bert" of "BertModel" or "BertForMaskedLM", "GPT2" of "GPT2LMHeadModel"; without any, the model's type with a
    /// capital letter.
    private static func className(_ base: ModelConfig) -> Substring {
        for name in base.architectures {
            for suffix in ["For", "LMHeadModel", "Model"] {
                if let range = name.firstRange(of: suffix), range.lowerBound > name.startIndex {
                    return name[..<range.lowerBound]
                }
            }
        }
        return base.modelType.prefix(1).uppercased() + base.modelType.dropFirst()
    }
}
