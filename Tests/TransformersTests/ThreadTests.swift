import Kernels
import StrictJSON
import Tensors
import Testing

@testable import Transformers

/// The number of threads changes no bit, within one instruction level.
@Suite struct ThreadTests {
    static let levels = InstructionLevel.allCases.filter(\.isAvailable)
    static let dropout: [String: JSONValue?] = [
        "hidden_dropout_prob": .number(0.2), "attention_probs_dropout_prob": .number(0.3),
    ]

    @Test(arguments: levels, Precision.allCases.filter(\.isAvailable))
    func `evaluation`(level: InstructionLevel, precision: Precision) throws {
        let tiny = try TinyModel()
        let model = try tiny.classifier()
        // Enough tokens for several batches.
        let encodings = texts((0..<300).map { 1 + $0 * 7 % 24 })
        let logits = [1, 2, 3].map {
            Evaluator(model, workers: Workers(threads: $0, level: level), precision: precision).logits(encodings)
        }
        #expect(logits[0] == logits[1] && logits[0] == logits[2])
        #expect(logits[0].count == 300 && logits[0].values.allSatisfy(\.isFinite))
    }

    @Test(arguments: levels, Precision.allCases.filter(\.isAvailable))
    func `training with dropout`(level: InstructionLevel, precision: Precision) throws {
        let tiny = try TinyModel(change: Self.dropout)
        let batch = examples((0..<25).map { 1 + $0 * 5 % 24 })
        var settings = TrainingSettings()
        (settings.epochs, settings.batchSize, settings.learningRate, settings.seed) = (3, 6, 1e-3, 4)
        settings.precision = precision
        let runs = try [1, 2, 3].map { threads in
            let model = try tiny.classifier()
            let outcome = try Trainer(model, settings: settings, workers: Workers(threads: threads, level: level))
                .fit(batch)
            return (outcome.losses, Array(model.parameters.values.floats))
        }
        #expect(runs[0].0.count == 15 && runs[0].0.allSatisfy(\.isFinite))
        #expect(runs[0] == runs[1] && runs[0] == runs[2])

        // Dropout was on: another seed, and no dropout, both end elsewhere.
        for (seed, dropout) in [(5, true), (4, false)] as [(UInt64, Bool)] {
            (settings.seed, settings.dropout) = (seed, dropout)
            let model = try tiny.classifier()
            try Trainer(model, settings: settings, workers: Workers(threads: 2, level: level)).fit(batch)
            #expect(Array(model.parameters.values.floats) != runs[0].1)
        }
    }
}
