import Kernels
import Tensors
import Testing
import Tokenizers

@testable import Transformers

/// The packed engine against a padded and masked model in Double.
@Suite struct PackingTests {
    static let lengths = [7, 1, 16, 2, 17, 24]

    static func reference(_ model: SequenceClassifier) -> ReferenceBert {
        ReferenceBert(model.parameters, heads: 4, layers: 2, epsilon: 1e-5)
    }

    /// The gradient of the mean loss of a batch, without dropout.
    static func gradient(
        _ model: SequenceClassifier, _ batch: [TrainingExample], level: InstructionLevel = .current
    ) -> (loss: Double, gradient: [Float]) {
        var settings = TrainingSettings()
        settings.dropout = false
        let trainer = Trainer(model, settings: settings, workers: Workers(threads: 2, level: level))
        let run = trainer.run()
        let (loss, _) = run.backward(lengths: batch.map(\.encoding.ids.count), loss: trainer.loss(batch))
        return (loss, Array(run.gradient.floats))
    }

    @Test(arguments: InstructionLevel.allCases.filter(\.isAvailable))
    func `logits are those of the padded model`(level: InstructionLevel) throws {
        let tiny = try TinyModel()
        let model = try tiny.classifier()
        let encodings = texts(Self.lengths)
        let logits = Evaluator(model, workers: Workers(threads: 2, level: level)).logits(encodings)
        let expected = Self.reference(model).logits(encodings)
        #expect(expected.flatMap(\.self).contains { abs($0) > 0.5 })
        for (text, row) in expected.enumerated() {
            // Two layers of roundings of values of unit size.
            for (got, expected) in zip(logits[text], row) { #expect(abs(Double(got) - expected) <= 2e-6) }
        }
    }

    @Test func `gradients are the slopes of the padded model's loss`() throws {
        let tiny = try TinyModel()
        let model = try tiny.classifier()
        let batch = examples(Self.lengths)
        let levels = InstructionLevel.allCases.filter(\.isAvailable).map { Self.gradient(model, batch, level: $0) }
        var reference = Self.reference(model)
        func loss() -> Double { reference.loss(batch.map(\.encoding), labels: batch.map(\.label)) }
        let expected = loss()
        #expect(levels.allSatisfy { abs($0.loss - expected) <= 3e-7 })
        let random = CounterRandom(seed: 5, stream: "sample")
        for (index, parameter) in model.parameters.layout.parameters.enumerated() {
            for draw in 0..<4 {
                let element = random.below(parameter.count, at: UInt64(index * 4 + draw))
                let value = reference.weights[parameter.name]?[element] ?? 0
                let step = 1e-4
                let losses = [step, -step].map { offset in
                    reference.weights[parameter.name]?[element] = value + offset
                    return loss()
                }
                reference.weights[parameter.name]?[element] = value
                let slope = (losses[0] - losses[1]) / (2 * step)
                for (_, gradient) in levels {
                    // Central differences in Double are exact to 1e-8; the rest is the engine's roundings.
                    #expect(
                        abs(slope - Double(gradient[parameter.offset + element])) <= 1e-6,
                        "\(parameter.name)[\(element)]")
                }
            }
        }
    }

    @Test func `the gradient of a batch is the mean of its texts' gradients`() throws {
        let tiny = try TinyModel()
        let model = try tiny.classifier()
        let batch = examples(Self.lengths)
        let (loss, together) = Self.gradient(model, batch)
        let apart = batch.map { Self.gradient(model, [$0]) }
        let share = 1 / Double(batch.count)
        // The order of the sums differs, nothing else.
        #expect(abs(loss - apart.reduce(0) { $0 + $1.loss } * share) <= 1e-7)
        let largest = together.indices.map { index in
            abs(Double(together[index]) - apart.reduce(0) { $0 + Double($1.gradient[index]) } * share)
        }.max()
        #expect(largest ?? 1 <= 5e-7)
        #expect(together.contains { abs($0) > 0.05 })
    }

    @Test func `the company of other texts does not change a text's logits`() throws {
        let tiny = try TinyModel()
        let model = try tiny.classifier()
        let encodings = texts(Self.lengths)
        let evaluator = Evaluator(model, workers: Workers(threads: 1))
        let together = evaluator.logits(encodings)
        for (index, encoding) in encodings.enumerated() {
            // A product of another shape may add in another order.
            for (a, b) in zip(evaluator.logits([encoding])[0], together[index]) { #expect(abs(a - b) <= 1e-6) }
        }
    }
}
