import Foundation
import Kernels
import Tensors
import Testing
import Tokenizers

@testable import Transformers

/// Word embeddings whose rows are caught up only when they are read, against AdamW over every row at every step.
@Suite struct LazyAdamWTests {
    static let clipNorm = 0.5

    static func options(_ decay: AdamW.DecayRule) -> AdamW.Options {
        var options = AdamW.Options()
        (options.weightDecay, options.decay) = (0.1, decay)
        return options
    }

    static func trainer(_ model: SequenceClassifier, _ decay: AdamW.DecayRule, _ workers: Workers) -> Trainer {
        var settings = TrainingSettings()
        (settings.optimizer, settings.clipNorm, settings.dropout) = (options(decay), clipNorm, false)
        return Trainer(model, settings: settings, workers: workers)
    }

    /// The parameters after dense steps, one learning rate a step.
    static func dense(
        _ model: SequenceClassifier, _ batches: [[TrainingExample]], rates: [Double], decay: AdamW.DecayRule,
        _ workers: Workers
    ) -> [Float] {
        let (parameters, options) = (model.parameters, options(decay))
        let (first, second) = (FloatBuffer(count: parameters.layout.count), FloatBuffer(count: parameters.layout.count))
        for (index, batch) in batches.enumerated() {
            let trainer = trainer(model, decay, workers)
            let run = trainer.run()
            let (_, norm) = run.backward(lengths: batch.map(\.encoding.ids.count), loss: trainer.loss(batch))
            let t = Double(index + 1)
            let step = AdamWStep(
                learningRate: Float(rates[index]), beta1: Float(options.beta1), beta2: Float(options.beta2),
                epsilon: Float(options.epsilon), weightDecay: Float(options.weightDecay),
                firstCorrection: Float(1 - pow(options.beta1, t)), secondCorrection: Float(1 - pow(options.beta2, t)),
                gradientScale: Float(min(1, clipNorm / (norm + 1e-6))))
            let gradient = run.gradient
            workers.forEach(parameters.layout.parameters.count) { index, context in
                let parameter = parameters.layout.parameters[index]
                context.adamW(
                    step, decay: decay == .all || parameter.shape.count > 1, range: parameter.range,
                    parameters: parameters.values, gradients: gradient, first: first, second: second)
            }
        }
        return Array(parameters.values.floats)
    }

    @Test(arguments: [AdamW.DecayRule.matrices, .all], InstructionLevel.allCases.filter(\.isAvailable))
    func `alternating disjoint batches give the bits of dense steps`(
        decay: AdamW.DecayRule, level: InstructionLevel
    ) throws {
        let tiny = try TinyModel()
        let (low, high) = (examples([5, 9, 3], ids: 2...18), examples([7, 2, 8], seed: 2, ids: 19...36))
        // Ids 0, 1 and 37 to 39 are never read; the gap between readings varies.
        let batches = [low, high, high, high, low, high, low, low]
        let rates = batches.indices.map { 1e-2 / Double($0 + 1) }
        let workers = Workers(threads: 2, level: level)

        let lazy = try tiny.classifier()
        let trainer = Self.trainer(lazy, decay, workers)
        let run = trainer.run()
        for (batch, rate) in zip(batches, rates) { _ = trainer.step(run, batch, learningRate: rate) }
        let before = Array(lazy.parameters.values.floats)
        run.finish()
        let after = Array(lazy.parameters.values.floats)
        let expected = Self.dense(try tiny.classifier(), batches, rates: rates, decay: decay, workers)
        #expect(after == expected)
        #expect(before != expected, "rows were still behind before the end")
        run.finish()
        #expect(Array(lazy.parameters.values.floats) == expected)
    }

    @Test func `only matrices decay unless all parameters do`() throws {
        let tiny = try TinyModel()
        for decay in [AdamW.DecayRule.matrices, .all] {
            let model = try tiny.classifier()
            let start = Array(model.parameters.values.floats)
            let optimizer = AdamW(
                model.parameters, table: model.architecture.wordEmbeddings, options: Self.options(decay),
                workers: Workers(threads: 1))
            let gradients = Gradients(layout: model.parameters.layout)
            gradients.begin()
            gradients.finish()
            optimizer.step(gradients, learningRate: 0.5, scale: 1)
            optimizer.finish()
            for parameter in model.parameters.layout.parameters {
                let factor: Float = decay == .all || parameter.shape.count > 1 ? 1 - Float(0.5) * Float(0.1) : 1
                #expect(Array(model.parameters.floats(parameter)) == start[parameter.range].map { $0 * factor })
            }
        }
    }
}
