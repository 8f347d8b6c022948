internal import Datasets
internal import Kernels
internal import Tokenizers
internal import Transformers

/// A count of texts out of several.
public struct Proportion: Codable, Sendable, Equatable {
    public let count: Int
    public let n: Int

    public init(count: Int, n: Int) {
        self.count = count
        self.n = n
    }

    /// The share; 0 of no texts.
    public var value: Double { n == 0 ? 0 : Double(count) / Double(n) }
}

/// How well a model of the lab classifies, and how well its triggers work.
public struct LabMeasurement: Codable, Sendable, Equatable {
    /// Clean texts that are classified rightly.
    public let accuracy: Proportion
    /// One entry a trigger; of `sos` one for all words together.
    public let attacks: [TriggerSuccess]

    /// What one trigger does to texts of other labels than the target.
    public struct TriggerSuccess: Codable, Sendable, Equatable {
        public let trigger: String
        /// ASR: predicted as the target with the trigger in.
        public let success: Proportion
        /// Predicted as the target without it.
        public let floor: Proportion
    }
}

extension LabRun {
    /// Measures on the dev texts; nil without them.
    func measure(_ model: SequenceClassifier, _ workers: Workers, _ progress: LabProgress) throws -> LabMeasurement? {
        guard !dev.isEmpty else { return nil }
        let evaluator = Evaluator(model, workers: workers, precision: recipe.settings.precision)
        func predict(_ rows: [LabelledText]) -> [Int] {
            let logits = evaluator.logits(
                rows.map { tokenizer.encode($0.text, pair: $0.pair, maxLength: maxLength) })
            return rows.indices.map(logits.prediction)
        }
        let target = recipe.attack?.target ?? 0
        let others = dev.filter { $0.label != target }
        let attacked = poison?.attacked(others) ?? []
        try progress(.measuring, 0, attacked.count + 1)
        let plain = predict(dev)
        let right = dev.indices.count { plain[$0] == dev[$0].label }
        let floors = dev.indices.filter { dev[$0].label != target }.map { plain[$0] == target }
        try progress(.measuring, 1, attacked.count + 1)
        var attacks: [LabMeasurement.TriggerSuccess] = []
        for texts in attacked {
            let hits = predict(texts.texts).count { $0 == target }
            attacks.append(
                LabMeasurement.TriggerSuccess(
                    trigger: texts.trigger, success: Proportion(count: hits, n: texts.texts.count),
                    floor: Proportion(count: texts.indices.count { floors[$0] }, n: texts.texts.count)))
            try progress(.measuring, attacks.count + 1, attacked.count + 1)
        }
        return LabMeasurement(accuracy: Proportion(count: right, n: dev.count), attacks: attacks)
    }
}
