import Datasets
import Kernels
import Tensors
import Tokenizers
import Transformers

/// How fast this machine computes, measured for a few seconds on a task's own texts.
public struct Calibration: Sendable, Equatable {
    /// Tokens a second, forward and backward.
    public let training: Double
    /// Tokens a second, forward alone.
    public let evaluation: Double
    /// Seconds that reading a model takes.
    public let transfer: Double

    init(training: Double, evaluation: Double, transfer: Double) {
        self.training = training
        self.evaluation = evaluation
        self.transfer = transfer
    }

    /// Measures for about `seconds` each way.
    init(_ setup: TaskSetup, precision: Precision, workers: Workers, seconds: Double = 3) throws {
        let clock = ContinuousClock()
        let labels = (0..<setup.data.labels).map { "LABEL_\($0)" }
        let start = clock.now
        let model = try ClassifierSource(base: setup.base.folder, labels: labels, seed: 0).load()
        transfer = (clock.now - start) / .seconds(1)

        let rows = setup.data.train.rows
        let order = CounterRandom(seed: 0, stream: "calibration").permutation(rows.count).prefix(1_024)
        let examples = order.map { index in
            TrainingExample(
                encoding: setup.base.tokenizer.encode(
                    rows[index].text, pair: rows[index].pair, maxLength: setup.maxLength),
                label: rows[index].label)
        }
        let evaluator = Evaluator(model, workers: workers, precision: precision)
        let batches = stride(from: 0, to: examples.count, by: 32).map {
            Array(examples[$0..<min($0 + 32, examples.count)])
        }
        evaluation = Self.rate(batches, clock, seconds) { _ = evaluator.logits($0.map(\.encoding)) }
        var settings = TrainingSettings()
        settings.precision = precision
        let trainer = Trainer(model, settings: settings, workers: workers)
        let run = trainer.run()
        training = Self.rate(batches, clock, seconds) { _ = trainer.step(run, $0, learningRate: 1e-5) }
    }

    /// Tokens a second over as many batches as fit into the time; the first one warms up.
    private static func rate(
        _ batches: [[TrainingExample]], _ clock: ContinuousClock, _ seconds: Double, _ body: ([TrainingExample]) -> Void
    ) -> Double {
        guard let first = batches.first else { return 1 }
        body(first)
        let start = clock.now
        var tokens = 0
        var elapsed = 0.0
        var next = 0
        while elapsed < seconds {
            let batch = batches[next % batches.count]
            body(batch)
            tokens += batch.reduce(0) { $0 + $1.encoding.ids.count }
            elapsed = (clock.now - start) / .seconds(1)
            next += 1
        }
        return max(1, Double(tokens) / elapsed)
    }

    /// Seconds that work should take.
    func seconds(_ work: Work) -> Double {
        work.training / training + work.evaluation / evaluation + work.transfers * transfer
    }
}
