import Checkpoints
import Foundation
import StrictJSON
import Tensors
import Testing

@testable import Kernels
@testable import Transformers

/// Language models trained as PyTorch trains them; what it made is in `training.json`, by
/// `Tests/Reference/make_low_rank.py`.
@Suite struct LanguageTrainerTests {
    /// The models whose training the reference implementation has recorded.
    static let models = ["llama-causal", "gpt2-causal"]

    private static let batch = [
        LanguageExample(ids: [5, 9, 30, 17, 3, 8, 21], responseStart: 3),
        LanguageExample(ids: [11, 4, 4, 19], responseStart: 1),
        LanguageExample(ids: [7, 33, 2, 25, 14, 6, 9, 10, 12], responseStart: 6),
    ]

    /// Losses of six steps, and by parameter the first gradient's norm and its product with cosines.
    private struct Reference {
        let losses: [Double]
        let gradients: [String: (norm: Double, product: Double)]

        init(_ model: String, _ kind: String) throws {
            let path = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
                .appending(path: "Fixtures/adapters/training.json")
            let json = try JSONValue(parsing: Array(Data(contentsOf: path)))
            let entry = try #require(json.objectValue?[model]?.objectValue?[kind]?.objectValue)
            losses = try #require(entry["losses"]?.arrayValue).compactMap(\.doubleValue)
            gradients = Dictionary(
                uniqueKeysWithValues: try #require(entry["gradients"]?.objectValue).members.map { member in
                    let numbers = member.value.arrayValue?.compactMap(\.doubleValue) ?? []
                    return (member.key, (numbers[0], numbers[1]))
                })
        }

        /// How far a gradient is from the reference, relative to its norm.
        func error(_ name: String, _ gradient: some Sequence<Float>) throws -> Double {
            let expected = try #require(gradients[name], "no gradient of \(name)")
            var (squares, product) = (0.0, 0.0)
            for (index, value) in gradient.enumerated() {
                squares += Double(value) * Double(value)
                product += Double(value) * cos(Double(index))
            }
            return max(abs(squares.squareRoot() - expected.norm), abs(product - expected.product)) / expected.norm
        }
    }

    private static func settings() -> TrainingSettings {
        var settings = TrainingSettings()
        (settings.learningRate, settings.schedule, settings.dropout) = (1e-2, .constant, false)
        settings.optimizer.decay = .all
        return settings
    }

    /// The adapters of the reference: sines of the element's index.
    private static func adapters(_ model: LanguageModel) throws -> LowRankAdapters {
        let adapters = try model.adapters(LowRankSettings(rank: 3, alpha: 6), seed: 1)
        for (module, pair) in adapters.pairs.enumerated() {
            for (parameter, shift) in [(pair.down, 0), (pair.up, 0.5)] {
                let values = adapters.parameters.floats(parameter)
                for index in values.indices {
                    values[index] = Float(0.1 * sin(0.37 * Double(index) + Double(module) + shift))
                }
            }
        }
        return adapters
    }

    @Test(arguments: LanguageTrainerTests.models)
    func `adapters train as PEFT trains them`(name: String) throws {
        let model = try LanguageModel(folder: Fixtures.folder(name))
        let before = Array(model.parameters.values.floats)
        let adapters = try Self.adapters(model)
        let reference = try Reference(name, "adapters")
        let trainer = LanguageTrainer(
            model, adapters: adapters, settings: Self.settings(), workers: Workers(threads: 2))
        let run = trainer.run()
        _ = run.backward(lengths: Self.batch.map(\.ids.count)) { model.loss($0, Self.batch, $1) }
        #expect(reference.gradients.count == 2 * adapters.pairs.count)
        for (pair, update) in zip(adapters.pairs, model.updates(of: adapters)) {
            let module = update.tensor.dropLast(".weight".count)
            for (parameter, matrix) in [(pair.down, "A"), (pair.up, "B")] {
                let gradient = run.gradient.floats[parameter.range]
                #expect(try reference.error("\(module).lora_\(matrix).weight", gradient) <= 1e-5)
            }
        }
        for expected in reference.losses {
            #expect(abs(trainer.step(run, Self.batch, learningRate: 1e-2) - expected) <= 1e-5)
        }
        #expect(Array(model.parameters.values.floats) == before, "the model is frozen")
    }

    @Test(arguments: LanguageTrainerTests.models)
    func `a whole model trains as in PyTorch`(name: String) throws {
        let model = try LanguageModel(folder: Fixtures.folder(name))
        let reference = try Reference(name, "full")
        let trainer = LanguageTrainer(model, settings: Self.settings(), workers: Workers(threads: 2))
        let run = trainer.run()
        _ = run.backward(lengths: Self.batch.map(\.ids.count)) { model.loss($0, Self.batch, $1) }
        for parameter in model.causal.layout.parameters {
            let stored = try #require(model.checkpointNames[parameter.name])
            #expect(try reference.error(stored, run.gradient.floats[parameter.range]) <= 1e-5)
        }
        for expected in reference.losses {
            #expect(abs(trainer.step(run, Self.batch, learningRate: 1e-2) - expected) <= 1e-5)
        }
    }

    @Test(arguments: [true, false], Precision.allCases.filter(\.isAvailable))
    func `threads change no bit`(isAdapted: Bool, precision: Precision) throws {
        let results = try [1, 2].map { threads in
            let model = try LanguageModel(folder: Fixtures.folder("llama-causal"))
            let adapters = isAdapted ? try model.adapters(LowRankSettings(rank: 4, alpha: 8), seed: 2) : nil
            var settings = TrainingSettings()
            (settings.epochs, settings.batchSize, settings.learningRate) = (3, 2, 1e-2)
            (settings.precision, settings.patience) = (precision, 1)
            let outcome = try LanguageTrainer(
                model, adapters: adapters, settings: settings, workers: Workers(threads: threads)
            ).fit(Self.batch, dev: Self.batch)
            return (outcome, Array((adapters?.parameters ?? model.parameters).values.floats))
        }
        #expect(results[0].0 == results[1].0 && results[0].1 == results[1].1)
        #expect(results[0].0.devLosses.count == 3 && results[0].0.losses.count == 6)
        #expect(results[0].0.devLosses[2] < results[0].0.devLosses[0])
    }

    @Test func `batches hold every text once, of like length, in an order of the epoch's own`() throws {
        let model = try LanguageModel(folder: Fixtures.folder("llama-causal"))
        var settings = TrainingSettings()
        settings.batchSize = 4
        let trainer = LanguageTrainer(model, settings: settings, workers: Workers(threads: 1))
        let lengths = (0..<30).map { 3 + $0 * 7 % 11 }
        let batches = trainer.batches(lengths, epoch: 0)
        #expect(batches.count == 8 && batches.flatMap(\.self).sorted() == Array(0..<30))
        #expect(batches != trainer.batches(lengths, epoch: 1) && batches == trainer.batches(lengths, epoch: 0))
        // Sorted by length, the batches do not overlap.
        let ranges = batches.map { batch in batch.map { lengths[$0] } }.sorted { ($0[0], $0.count) < ($1[0], $1.count) }
        #expect(zip(ranges, ranges.dropFirst()).allSatisfy { ($0.last ?? 0) <= $1[0] })
    }

    @Test func `a killed training of adapters resumes to the same bits`() throws {
        struct Killed: Error {}
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("adapters-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let checkpoint = TrainingCheckpoint(folder: folder, everySteps: 2)
        func train(_ checkpoint: TrainingCheckpoint?, killedAt: Int?) throws -> [Float] {
            let model = try LanguageModel(folder: Fixtures.folder("gpt2-causal"))
            let adapters = try model.adapters(LowRankSettings(rank: 2, alpha: 4), seed: 2)
            var settings = TrainingSettings()
            (settings.epochs, settings.batchSize, settings.learningRate) = (4, 2, 1e-2)
            try LanguageTrainer(model, adapters: adapters, settings: settings, workers: Workers(threads: 2))
                .fit(Self.batch, checkpoint: checkpoint) { step, _ in if step == killedAt { throw Killed() } }
            return Array(adapters.parameters.values.floats)
        }
        let expected = try train(nil, killedAt: nil)
        #expect(throws: Killed.self) { try train(checkpoint, killedAt: 6) }
        #expect(try train(checkpoint, killedAt: nil) == expected)
    }
}
