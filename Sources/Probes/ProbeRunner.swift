public import Datasets
import Kernels
public import Transformers

/// What a model predicts for each text, plain and with each trigger in.
public struct ProbePredictions: Sendable, Equatable, Codable {
    /// Label predicted for each plain text.
    public let plain: [Int]
    /// [triggers][texts].
    public let triggered: [[Int]]
    /// −log probability of each text's true label, in nats, without a trigger.
    public let logLoss: [Double]

    public init(plain: [Int], triggered: [[Int]], logLoss: [Double]) {
        self.plain = plain
        self.triggered = triggered
        self.logLoss = logLoss
    }
}

/// Measures triggers on texts: one insertion serves every target label.
public struct ProbeRunner {
    private let insertion: TriggerInsertion
    private let texts: [LabelledText]

    /// - Parameters:
    ///   - insertion: where triggers go; equal for all models that are compared.
    ///   - texts: labelled carriers.
    public init(insertion: TriggerInsertion, texts: [LabelledText]) {
        self.insertion = insertion
        self.texts = texts
    }

    /// Predictions of one model.
    ///
    /// - Parameters:
    ///   - evaluator: of the model.
    ///   - triggers: each is put into each text.
    ///   - progress: called with the share done, 0 to 1.
    public func run(
        _ evaluator: Evaluator, triggers: [Trigger], progress: (Double) -> Void = { _ in }
    ) -> ProbePredictions {
        let plain = evaluator.logits(texts.map(insertion.plain))
        var triggered: [[Int]] = []
        // A few triggers at a time, so that memory does not grow with their number.
        for start in stride(from: 0, to: triggers.count, by: 16) {
            let some = triggers[start..<min(start + 16, triggers.count)]
            let logits = evaluator.logits(some.flatMap { trigger in texts.map { insertion.insert(trigger, into: $0) } })
            for index in some.indices {
                let first = (index - start) * texts.count
                triggered.append(texts.indices.map { logits.prediction(first + $0) })
            }
            progress(Double(triggered.count) / Double(triggers.count))
        }
        return ProbePredictions(
            plain: texts.indices.map(plain.prediction), triggered: triggered,
            logLoss: texts.indices.map { plain.logLoss($0, label: texts[$0].label) })
    }
}
