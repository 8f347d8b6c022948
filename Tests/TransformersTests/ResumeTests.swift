import Foundation
import Kernels
import StrictJSON
import Tensors
import Testing
import Tokenizers

@testable import Transformers

/// A training that was killed goes on to the bits of one that was not.
@Suite struct ResumeTests {
    private struct Killed: Error {}

    /// Steps between two saves.
    private static let every = 2
    private static let data = examples((0..<30).map { 1 + $0 * 7 % 24 })
    private static let dev = examples((0..<12).map { 1 + $0 * 5 % 24 }, seed: 9)

    private let folder: String

    init() throws {
        folder = FileManager.default.temporaryDirectory.appendingPathComponent("resume-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    }

    private var checkpoint: TrainingCheckpoint { TrainingCheckpoint(folder: folder, everySteps: Self.every) }

    private var saved: [String] { get throws { try FileManager.default.contentsOfDirectory(atPath: folder).sorted() } }

    private static func settings(_ precision: Precision = .f32, patience: Int? = nil) -> TrainingSettings {
        var settings = TrainingSettings()
        (settings.epochs, settings.batchSize, settings.learningRate, settings.seed) = (4, 7, 1e-2, 3)
        (settings.precision, settings.patience) = (precision, patience)
        return settings
    }

    /// A model trained from the same start, with all its numbers.
    private static func train(
        _ settings: TrainingSettings, threads: Int = 2, checkpoint: TrainingCheckpoint? = nil,
        progress: (Int, Int) throws -> Void = { _, _ in }
    ) throws -> (outcome: TrainingOutcome, values: [Float]) {
        let model = try TinyModel(change: ["hidden_dropout_prob": .number(0.1)]).classifier()
        let outcome = try Trainer(model, settings: settings, workers: Workers(threads: threads)).fit(
            data, dev: dev, checkpoint: checkpoint, progress: progress)
        return (outcome, Array(model.parameters.values.floats))
    }

    @Test(
        arguments: Precision.allCases.filter(\.isAvailable).flatMap { precision in
            [settings(precision), settings(precision, patience: 2)]
        }, [1, 3, 5, 6, 13, 19])
    func `a killed training resumes to the same bits`(settings: TrainingSettings, killedAt: Int) throws {
        let expected = try Self.train(settings)
        #expect(throws: Killed.self) {
            try Self.train(settings, checkpoint: checkpoint) { step, _ in if step == killedAt { throw Killed() } }
        }
        var first: Int?
        let resumed = try Self.train(settings, threads: 1, checkpoint: checkpoint) { step, _ in first = first ?? step }
        #expect(first == (killedAt - 1) / Self.every * Self.every + 1)
        #expect(resumed.outcome == expected.outcome)
        #expect(resumed.values == expected.values)
        #expect(try saved.isEmpty, "nothing stays behind")
    }

    @Test func `another training's checkpoint is refused`() throws {
        #expect(throws: Killed.self) {
            try Self.train(Self.settings(), checkpoint: checkpoint) { step, _ in if step == 5 { throw Killed() } }
        }
        #expect(try saved == ["training-4.safetensors", "training.json"])
        var other = Self.settings()
        other.learningRate = 2e-2
        let error = #expect(throws: ModelError.self) { try Self.train(other, checkpoint: checkpoint) }
        #expect(error?.code == .checkpointMismatch)
        try Data("{}".utf8).write(to: URL(filePath: folder + "/training.json"))
        let broken = #expect(throws: ModelError.self) { try Self.train(Self.settings(), checkpoint: checkpoint) }
        #expect(broken?.code == .checkpointMismatch)
    }

    @Test func `early stopping keeps the best epoch`() throws {
        var settings = Self.settings(patience: 1)
        // A rate at which the dev loss soon rises.
        (settings.epochs, settings.learningRate) = (12, 5e-2)
        let model = try TinyModel().classifier()
        let workers = Workers(threads: 2)
        let outcome = try Trainer(model, settings: settings, workers: workers).fit(Self.data, dev: Self.dev)
        #expect(outcome.devLosses.count < 12)
        #expect(outcome.losses.count == 5 * outcome.devLosses.count)
        let logits = Evaluator(model, workers: workers).logits(Self.dev.map(\.encoding))
        let loss = Self.dev.indices.reduce(0) { $0 + logits.logLoss($1, label: Self.dev[$1].label) }
        #expect(loss / Double(Self.dev.count) == outcome.devLosses.min())
    }
}

@Suite struct TrainingStepTests {
    @Test func `accumulated parts give the gradient of the whole batch`() throws {
        let model = try TinyModel().classifier()
        let batch = examples((0..<13).map { 1 + $0 * 7 % 24 })
        let gradients = [1, 3, 20].map { parts in
            var settings = TrainingSettings()
            (settings.dropout, settings.accumulation) = (false, parts)
            let trainer = Trainer(model, settings: settings, workers: Workers(threads: 2))
            let run = trainer.run()
            let (loss, norm) = run.backward(lengths: batch.map(\.encoding.ids.count), loss: trainer.loss(batch))
            return (loss: loss, norm: norm, values: Array(run.gradient.floats))
        }
        for other in gradients.dropFirst() {
            #expect(abs(other.loss - gradients[0].loss) < 1e-9)
            #expect(abs(other.norm - gradients[0].norm) < 1e-5 * gradients[0].norm)
            let worst = zip(other.values, gradients[0].values).map { abs($0 - $1) }.max() ?? 1
            #expect(Double(worst) < 1e-5 * gradients[0].norm)
        }
    }

    @Test func `an adjustment sees the whole gradient and changes the step`() throws {
        let model = try TinyModel().classifier()
        let batch = examples([4, 9, 2, 7])
        var settings = TrainingSettings()
        (settings.dropout, settings.optimizer.weightDecay) = (false, 0)
        let trainer = Trainer(model, settings: settings, workers: Workers(threads: 2))
        let before = Array(model.parameters.values.floats)
        let run = trainer.run()
        var (inside, outside) = (0.0, 0.0)
        _ = trainer.step(
            run, batch, learningRate: 1e-2,
            objective: .init(adjust: { gradient, ranges in
                let total = gradient.floats.reduce(0) { $0 + Double($1 * $1) }
                for range in ranges {
                    for index in range {
                        inside += Double(gradient.pointer[index] * gradient.pointer[index])
                        gradient.pointer[index] = 0
                    }
                }
                outside = total - inside
            }))
        run.finish()
        #expect(inside > 0 && abs(outside) < 1e-9 * inside)
        #expect(Array(model.parameters.values.floats) == before)
    }
}
