import Checkpoints
import Tensors
import Testing

@testable import Transformers

@Suite struct FreshHeadTests {
    /// A base as pre-training leaves it: no classifier, no pooler.
    static func base() throws -> TinyModel {
        try TinyModel(change: ["id2label": nil]) {
            $0.filter { !$0.name.hasPrefix("classifier.") && !$0.name.contains("pooler") }
        }
    }

    static func fresh(_ tiny: TinyModel, labels: Int = 5, seed: UInt64) throws -> SequenceClassifier {
        try ClassifierSource(base: tiny.folder(), labels: (0..<labels).map { "\($0)" }, seed: seed).load()
    }

    @Test func `the seed decides the head, and nothing else`() throws {
        let tiny = try Self.base()
        let models = try [1, 1, 2].map { try Self.fresh(tiny, seed: $0) }
        let values = models.map { Array($0.parameters.values.floats) }
        #expect(values[0] == values[1] && values[0] != values[2])
        for parameter in models[0].parameters.layout.parameters where !models[0].architecture.isHead(parameter.name) {
            #expect(values[0][parameter.range] == values[2][parameter.range])
        }
    }

    @Test func `fresh weights are normal with the config's deviation and fresh biases zero`() throws {
        let model = try Self.fresh(Self.base(), labels: 50, seed: 3)
        let layout = model.parameters.layout
        for name in ["classifier", "pooler.dense"] {
            let weight = try #require(layout[name + ".weight"])
            let bias = try #require(layout[name + ".bias"])
            #expect(model.parameters.floats(bias).allSatisfy { $0 == 0 })
            let squares = model.parameters.floats(weight).reduce(0) { $0 + Double($1) * Double($1) }
            // A variance's relative standard error is √(2 / n); three of them. The draws are fixed.
            let count = Double(weight.count)
            #expect(abs(squares / count / 0.09 - 1) < 3 * (2 / count).squareRoot())
            #expect(model.checkpointNames[weight.name] == nil)
        }
    }

    @Test func `a base's own classifier is not used, its pooler is`() throws {
        let tiny = try TinyModel()
        let model = try Self.fresh(tiny, seed: 1)
        let own = try tiny.classifier()
        let pooler = try #require(model.parameters.layout["pooler.dense.weight"])
        #expect(Array(model.parameters.floats(pooler)) == Array(own.parameters.floats(pooler)))
        let classifier = try #require(model.parameters.layout["classifier.weight"])
        #expect(classifier.shape == [5, 20] && model.checkpointNames[classifier.name] == nil)
        let bare = try Self.fresh(Self.base(), seed: 1)
        let same = try #require(bare.parameters.layout["classifier.weight"])
        #expect(Array(model.parameters.floats(classifier)) == Array(bare.parameters.floats(same)))
    }

    @Test func `a base without its encoder is refused`() throws {
        let tiny = try TinyModel { $0.filter { !$0.name.contains("layer.0.output") } }
        let error = #expect(throws: ModelError.self) { try Self.fresh(tiny, seed: 1) }
        #expect(error?.code == .missingTensor)
    }
}
