import Checkpoints
import StrictJSON
import Tensors
import Testing

@testable import Transformers

@Suite struct LoadingTests {
    typealias Tensors = TinyModel.Tensors

    static func code(_ tiny: TinyModel) throws -> ModelError.Code? {
        let error = #expect(throws: ModelError.self) { try tiny.classifier() }
        #expect(error?.description.isEmpty == false && error?.description.contains("\n") == false)
        return error?.code
    }

    static func parameters(_ tiny: TinyModel) throws -> [Float] {
        let model = try tiny.classifier()
        return Array(model.parameters.values.floats)
    }

    @Test func `every tensor lands under its parameter`() throws {
        let tiny = try TinyModel()
        let model = try tiny.classifier()
        #expect(model.labels == ["label 0", "label 1", "label 2"])
        for (parameter, tensor) in zip(model.parameters.layout.parameters, try TinyModel.tensors()) {
            #expect(model.checkpointNames[parameter.name] == tensor.name)
            #expect(Array(model.parameters.floats(parameter)) == tensor.values)
        }
    }

    @Test(arguments: [
        "bert.encoder.layer.1.output.dense.weight", "classifier.bias", "bert.pooler.dense.bias",
        "bert.embeddings.LayerNorm.weight",
    ])
    func `a missing tensor`(name: String) throws {
        let tiny = try TinyModel { $0.filter { $0.name != name } }
        #expect(try Self.code(tiny) == .missingTensor)
    }

    @Test(arguments: ["bert.encoder.layer.2.output.dense.bias", "extra", "embeddings.LayerNorm.weight", "bert.pooler"])
    func `an unexpected tensor`(name: String) throws {
        let tiny = try TinyModel { $0 + [(name, [20], [Float](repeating: 1, count: 20))] }
        #expect(try Self.code(tiny) == .unexpectedTensor)
    }

    @Test(arguments: [
        ("bert.embeddings.word_embeddings.weight", [20, 40]), ("bert.embeddings.word_embeddings.weight", [800]),
        ("bert.embeddings.LayerNorm.weight", [20, 1]), ("classifier.weight", [20, 3]),
    ])
    func `a tensor of another shape`(name: String, shape: [Int]) throws {
        let tiny = try TinyModel { $0.map { $0.name == name ? ($0.name, shape, $0.values) : $0 } }
        #expect(try Self.code(tiny) == .shapeMismatch)
    }

    @Test(
        arguments: [
            ("model_type", .string("perceiver"), .unsupportedArchitecture),
            ("model_type", .string(""), .unsupportedArchitecture),
            ("hidden_act", .string("quick_gelu"), .unsupportedActivation),
            ("position_embedding_type", .string("relative_key"), .unsupportedPositions),
            ("id2label", .object(TinyModel.labels(1)), .unsupportedHead),
            ("problem_type", .string("regression"), .unsupportedHead),
            ("architectures", .array([.string("BertForTokenClassification")]), .unsupportedHead),
            ("problem_type", .string("multi_label_classification"), .unsupportedHead),
            ("num_attention_heads", .integer(3), .shapeMismatch), ("vocab_size", .integer(41), .shapeMismatch),
            ("num_hidden_layers", .integer(3), .missingTensor), ("num_hidden_layers", .integer(1), .unexpectedTensor),
        ] as [(String, JSONValue, ModelError.Code)])
    func `a config that asks for something else`(key: String, value: JSONValue, code: ModelError.Code) throws {
        #expect(try Self.code(try TinyModel(change: [key: value])) == code)
    }

    @Test(arguments: [Float.nan, .infinity, -.infinity])
    func `a weight that is not a number`(value: Float) throws {
        let tiny = try TinyModel {
            $0.map { $0.name == "bert.pooler.dense.weight" ? ($0.name, $0.shape, $0.values.dropLast() + [value]) : $0 }
        }
        #expect(try Self.code(tiny) == .nonFinite)
    }

    @Test func `a config whose sizes are absurd allocates nothing`() throws {
        for (key, value) in [("vocab_size", 10_000_000), ("hidden_size", 65_536), ("intermediate_size", 1_048_576)] {
            #expect(try Self.code(try TinyModel(change: [key: .integer(value)])) == .shapeMismatch)
        }
        #expect(throws: CheckpointError.self) {
            try TinyModel(change: ["hidden_size": .integer(1 << 40)]).classifier()
        }
    }

    @Test func `older and shorter tensor names load to the same values`() throws {
        let usual = try Self.parameters(TinyModel())
        func older(_ name: String) -> String {
            name.replacing("LayerNorm.weight", with: "LayerNorm.gamma").replacing(
                "LayerNorm.bias", with: "LayerNorm.beta")
        }
        func shorter(_ name: String) -> String { name.hasPrefix("bert.") ? String(name.dropFirst(5)) : name }
        for rename in [older, shorter, { shorter(older($0)) }] {
            let tiny = try TinyModel { $0.map { (rename($0.name), $0.shape, $0.values) } }
            #expect(try Self.parameters(tiny) == usual)
        }
    }

    @Test func `stored position ids and pre-training heads are left aside`() throws {
        let tiny = try TinyModel {
            $0 + [
                ("bert.embeddings.position_ids", [1, 24], (0..<24).map(Float.init)),
                ("cls.predictions.bias", [40], [Float](repeating: 1, count: 40)),
            ]
        }
        #expect(try Self.parameters(tiny) == Self.parameters(TinyModel()))
    }
}
