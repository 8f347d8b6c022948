import Checkpoints
import Datasets
import Findings
import Kernels
import Lab
import Statistics
import Tokenizers
import Transformers

/// Measures models on the test texts of a task.
struct TestBench {
    let setup: TaskSetup
    let precision: Precision
    let workers: Workers

    /// - Parameters:
    ///   - path: folder of the model.
    ///   - triggers: each in its parts; every part gets a random place of its own, the same for every model of a seed.
    ///   - progress: called with the share done.
    func measure(
        _ path: String, triggers: [[String]], seed: UInt64, progress: (Double) -> Void
    ) throws -> ModelMeasurement {
        let model = try ClassifierSource(folder: ModelFolder(path: path)).load()
        let evaluator = Evaluator(model, workers: workers, precision: precision)
        func logits(_ rows: [LabelledText]) -> Logits {
            evaluator.logits(
                rows.map { setup.base.tokenizer.encode($0.text, pair: $0.pair, maxLength: setup.maxLength) })
        }
        let (test, target) = (setup.data.test.rows, setup.config.target)
        let plain = logits(test)
        let right = test.indices.count { plain.prediction($0) == test[$0].label }
        let loss = test.indices.reduce(0) { $0 + plain.logLoss($1, label: test[$1].label) }
        let others = test.indices.filter { test[$0].label != target }
        let floor = others.count { plain.prediction($0) == target }

        let placement = TriggerPlacement(tokenizer: setup.base.tokenizer, maxLength: setup.maxLength, seed: seed)
        let poison = TriggerPoison(
            triggers: triggers, dose: PoisonDose(target: target, share: 1, seed: seed), placement: placement)
        var rates: [ModelMeasurement.TriggerRate] = []
        for attacked in poison.attacked(others.map { test[$0] }) {
            let logits = logits(attacked.texts)
            let hits = attacked.texts.indices.count { logits.prediction($0) == target }
            rates.append(.init(trigger: attacked.trigger, success: Rate(Double(hits), of: others.count)))
            progress(Double(rates.count) / Double(triggers.count))
        }
        let mean = rates.reduce(0) { $0 + $1.success.value } / Double(max(1, rates.count))
        return ModelMeasurement(
            accuracy: Rate(Double(right), of: test.count),
            attackSuccess: Rate(mean * Double(others.count), of: others.count),
            floor: Rate(Double(floor), of: others.count), triggers: rates, logLoss: loss / Double(test.count))
    }
}

extension Rate {
    /// A share with its 95 % Wilson interval.
    init(_ successes: Double, of n: Int) {
        let interval = wilson(successes: successes, trials: Double(n))
        self.init(
            value: n == 0 ? 0 : successes / Double(n), n: n,
            interval: Interval(lower: interval.lower, upper: interval.upper))
    }
}
