import Checkpoints
import Foundation
import StrictJSON
import Tensors
import Testing

@testable import Transformers

/// A model folder in a temporary directory, small enough for references in Double, that lives as long as this object.
final class TinyModel {
    let path: String

    /// Tensors of a checkpoint with their elements.
    typealias Tensors = [(name: String, shape: [Int], values: [Float])]

    /// Hidden size 20 in 4 heads, so that no row is a whole number of vectors.
    static let config: [String: JSONValue] = [
        "architectures": .array([.string("BertForSequenceClassification")]), "model_type": .string("bert"),
        "vocab_size": .integer(40), "hidden_size": .integer(20), "num_attention_heads": .integer(4),
        "num_hidden_layers": .integer(2), "intermediate_size": .integer(28), "max_position_embeddings": .integer(24),
        "type_vocab_size": .integer(2), "layer_norm_eps": .number(1e-5), "hidden_act": .string("gelu"),
        "initializer_range": .number(0.3), "id2label": .object(labels(3)),
    ]

    static func labels(_ count: Int) -> JSONObject {
        var object = JSONObject()
        for index in 0..<count { object["\(index)"] = .string("label \(index)") }
        return object
    }

    /// - Parameters:
    ///   - change: config entries to set, or to take away where the value is nil.
    ///   - tensors: what the checkpoint holds instead of the architecture's own tensors.
    init(change: [String: JSONValue?] = [:], tensors edit: (Tensors) -> Tensors = { $0 }) throws {
        path = FileManager.default.temporaryDirectory.appendingPathComponent("tiny-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        var object = JSONObject()
        for (key, value) in Self.config.merging(change.compactMapValues { $0 }, uniquingKeysWith: { $1 }) {
            if let removed = change[key], removed == nil { continue }
            object[key] = value
        }
        try Data(JSONValue.object(object).serialized()).write(to: URL(filePath: path + "/config.json"))
        try write(edit(Self.tensors()))
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    func folder() throws -> ModelFolder { try ModelFolder(path: path) }

    func classifier() throws -> SequenceClassifier { try ClassifierSource(folder: folder()).load() }

    /// The architecture's tensors under the usual names, every one drawn, biases and norms too.
    static func tensors() throws -> Tensors {
        var object = JSONObject()
        for (key, value) in config { object[key] = value }
        let bert = try Bert(config: ModelConfig(parsing: JSONValue.object(object).serialized()), labels: 3)
        return bert.layout.parameters.map { parameter in
            let random = CounterRandom(seed: 8, stream: parameter.name)
            let shift = parameter.initialization == .ones ? 1.0 : 0
            let values = (0..<parameter.count).map { Float(random.normal(at: UInt64($0)) * 0.3 + shift) }
            return (bert.checkpointNames(of: parameter.name)[0], parameter.shape, values)
        }
    }

    private func write(_ tensors: Tensors) throws {
        let descriptions = try tensors.map {
            try #require(TensorDescription(name: $0.name, dtype: .f32, shape: $0.shape))
        }
        var writer = try SafetensorsWriter(path: path + "/model.safetensors", tensors: descriptions)
        for tensor in tensors { try writer.write(tensor.values, to: tensor.name) }
        try writer.finish()
    }
}
