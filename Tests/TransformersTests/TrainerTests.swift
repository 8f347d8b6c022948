import StrictJSON
import Tensors
import Testing
import Tokenizers

@testable import Kernels
@testable import Transformers

@Suite struct TrainerTests {
    @Test func `a warm-up rises evenly and the rest falls evenly`() {
        let schedule = LearningRateSchedule.linear(warmup: 0.2)
        let factors = (0..<10).map { schedule.factor($0, of: 10) }
        // Two steps up in thirds, then eight down in eighths.
        let expected = [1.0 / 3, 2.0 / 3] + (1...8).reversed().map { Double($0) / 8 }
        #expect(zip(factors, expected).allSatisfy { abs($0 - $1) < 1e-15 })
    }

    @Test(arguments: [1, 2, 3, 7, 100], [0, 0.01, 0.1, 0.5, 1])
    func `every step's factor is above zero and at most one`(total: Int, warmup: Double) {
        let factors = (0..<total).map { LearningRateSchedule.linear(warmup: warmup).factor($0, of: total) }
        #expect(factors.allSatisfy { 0 < $0 && $0 <= 1 })
        let peak = factors.indices.max { factors[$0] < factors[$1] } ?? 0
        #expect(zip(factors[...peak], factors[...peak].dropFirst()).allSatisfy { $0 < $1 })
        #expect(zip(factors[peak...], factors[peak...].dropFirst()).allSatisfy { $0 > $1 })
        #expect((0..<total).allSatisfy { LearningRateSchedule.constant.factor($0, of: total) == 1 })
    }

    @Test func `training learns its examples and reports each step`() throws {
        let tiny = try TinyModel(change: ["hidden_dropout_prob": .number(0.1)])
        let model = try tiny.classifier()
        // Each label has words of its own.
        let data = (0..<3).flatMap { label in
            texts([4, 9, 6, 5, 12, 7, 3, 8], ids: 2 + 12 * label...13 + 12 * label).map {
                TrainingExample(encoding: $0, label: label)
            }
        }
        var settings = TrainingSettings()
        (settings.epochs, settings.batchSize, settings.learningRate) = (30, 10, 1e-2)
        var reported: [Int] = []
        let workers = Workers(threads: 2)
        let losses = try Trainer(model, settings: settings, workers: workers).fit(data) { step, total in
            #expect(total == 90)
            reported.append(step)
        }.losses
        #expect(settings.steps(24) == 90 && reported == Array(1...90) && losses.count == 90)
        let logits = Evaluator(model, workers: workers).logits(data.map(\.encoding))
        #expect(data.indices.allSatisfy { logits.prediction($0) == data[$0].label })
        #expect((losses.last ?? 1) < 0.1 * losses[0])
    }

    @Test func `the norm is that of the whole gradient`() throws {
        let tiny = try TinyModel()
        let batch = examples([5, 9, 3, 1])
        let trainer = Trainer(try tiny.classifier(), settings: TrainingSettings(), workers: Workers(threads: 2))
        let run = trainer.run()
        let (_, norm) = run.backward(lengths: batch.map(\.encoding.ids.count), loss: trainer.loss(batch))
        let expected = run.gradient.floats.reduce(0) { $0 + Double($1) * Double($1) }.squareRoot()
        // Squares are added in Float in lanes of at most 256.
        #expect(abs(norm - expected) <= 1e-6 * expected)
    }

    @Test func `a batch of one text trains too`() throws {
        let tiny = try TinyModel()
        let model = try tiny.classifier()
        let trainer = Trainer(model, settings: TrainingSettings(), workers: Workers(threads: 2))
        let run = trainer.run()
        let losses = (0..<5).map { _ in trainer.step(run, examples([6]), learningRate: 1e-2) }
        #expect(zip(losses, losses.dropFirst()).allSatisfy { $0 > $1 })
    }
}

/// The same work again takes no new buffers: the first pass has seen the largest batch.
@Suite struct AllocationTests {
    /// On one thread, where which context sees which batch is not a matter of timing.
    @Test(arguments: Precision.allCases.filter(\.isAvailable))
    func `after a warm-up nothing is allocated`(precision: Precision) throws {
        let model = try TinyModel(change: ["hidden_dropout_prob": .number(0.1)]).classifier()
        let data = examples((0..<40).map { 1 + $0 * 7 % 24 })
        let workers = Workers(threads: 1)
        var settings = TrainingSettings()
        settings.precision = precision
        let trainer = Trainer(model, settings: settings, workers: workers)
        let run = trainer.run()
        let evaluator = Evaluator(model, workers: workers, precision: precision, batchTokens: 64)
        func work() -> Int {
            for start in stride(from: 0, to: data.count, by: 8) {
                _ = trainer.step(run, Array(data[start..<start + 8]), learningRate: 1e-4)
            }
            _ = evaluator.logits(data.map(\.encoding))
            return workers.allocations
        }
        _ = work()
        let warm = work()
        #expect(warm > 0)
        #expect(work() == warm)
    }
}

@Suite struct BatchTests {
    @Test(arguments: [[], [5], [1, 1, 1], [9, 2, 7, 7, 3, 1, 64], Array(repeating: 12, count: 31)])
    func `shards hold every item once and about as many tokens`(lengths: [Int]) {
        let shards = TrainingRun.balanced(lengths)
        #expect(shards.count == TrainingRun.shards)
        #expect(shards.flatMap(\.self).sorted() == Array(lengths.indices))
        #expect(shards.allSatisfy { $0 == $0.sorted() })
        let tokens = shards.map { $0.reduce(0) { $0 + lengths[$1] } }
        #expect((tokens.max() ?? 0) - (tokens.min() ?? 0) <= lengths.max() ?? 0)
    }

    @Test(arguments: [[], [5], [2_000], [1_024, 1], [600, 500, 24, 1_100, 3], Array(repeating: 100, count: 45)])
    func `evaluation batches hold every text in order, within the token limit`(lengths: [Int]) {
        let batches = Evaluator.batches(lengths, 1_024)
        #expect(batches.flatMap(\.self) == Array(lengths.indices))
        for batch in batches {
            #expect(batch.count == 1 || lengths[batch].reduce(0, +) <= 1_024)
        }
        for (a, b) in zip(batches, batches.dropFirst()) {
            #expect(lengths[a].reduce(0, +) + lengths[b.lowerBound] > 1_024)
        }
    }

    @Test func `a packed batch lays texts end to end`() {
        let batch = PackedBatch([
            Encoding(ids: [4, 5, 6], typeIDs: [0, 0, 1]), Encoding(ids: [7], typeIDs: [0]),
            Encoding(ids: [8, 9], typeIDs: [0, 1]),
        ])
        #expect(batch.ids == [4, 5, 6, 7, 8, 9] && batch.typeIDs == [0, 0, 1, 0, 0, 1])
        #expect(batch.positions == [0, 1, 2, 0, 0, 1])
        #expect(batch.sequences.offsets == [0, 3, 4, 6] && batch.firstRows == [0, 3, 4])
    }

    @Test func `predictions and losses follow from logits`() {
        let logits = Logits(labels: 3, values: [1, 3, 2, 5, 5, -1])
        #expect(logits.count == 2 && Array(logits[1]) == [5, 5, -1])
        #expect(logits.prediction(0) == 1 && logits.prediction(1) == 0)
        // −log softmax of 3 among 1, 3, 2: log(1 + e⁻¹ + e⁻²).
        #expect(abs(logits.logLoss(0, label: 1) - 0.4076059644443804) < 1e-15)
        #expect(Logits(labels: 2, values: [1_000, -1_000]).logLoss(0, label: 1) == 2_000)
        #expect(Logits(labels: 2, values: [.infinity, .nan]).prediction(0) == 1, "as PyTorch's argmax")
        #expect(Logits(labels: 3, values: [.nan, 7, .nan]).prediction(0) == 0)
    }
}
