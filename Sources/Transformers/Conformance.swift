public import Checkpoints
public import Kernels
import Tensors
import Tokenizers

/// How far a model is from what another implementation computed for it.
public struct Conformance: Sendable {
    /// Largest errors that pass.
    public enum Bound {
        public static let logits = 1e-4
        /// A gradient's norm may differ by this share of it, and `gradientNormAbsolute` more.
        public static let gradientNorm = 1e-3
        public static let gradientNormAbsolute = 1e-6
        public static let gradientValue = 1e-4
        public static let loss = 1e-4
    }

    /// The model folder's name.
    public let model: String
    public let architecture: String
    public let cases: Int
    /// Cases whose token ids differ.
    public let idMismatches: Int
    /// Largest absolute error of a logit.
    public let logits: Double
    /// Largest error of a gradient norm, as a share of what its bound allows: 1 is at the bound.
    public let gradientNorm: Double
    /// Largest absolute error among the first values of each gradient.
    public let gradientValue: Double
    /// Largest absolute error among the losses of the AdamW steps.
    public let loss: Double
    /// The tensor whose gradient is worst.
    public let worstGradient: String

    /// Whether every error is within its bound.
    public var passes: Bool {
        idMismatches == 0 && logits <= Bound.logits && gradientNorm <= 1 && gradientValue <= Bound.gradientValue
            && loss <= Bound.loss
    }

    /// Runs the cases, one backward pass and the AdamW steps of `reference.json` in the model's folder.
    public init(folder: ModelFolder, workers: Workers) throws {
        guard let bytes = try folder.bytes(of: "reference.json") else {
            throw ModelError(
                .referenceFile, file: folder.name,
                detail: "there is no reference.json; make one with the script in Tests/Reference")
        }
        let reference = try ReferenceFile(parsing: bytes, file: "\(folder.name)/reference.json")
        let model = try ClassifierSource(folder: folder).load()
        let tokenizer = try folder.tokenizer()
        try model.architecture.check(tokenizer, folder: folder.name)
        for (_, _, label) in reference.batch where !model.labels.indices.contains(label) {
            throw ModelError(
                .referenceFile, file: "\(folder.name)/reference.json",
                detail: "label \(label) is not one of the model's \(model.labels.count)")
        }
        let positions = model.architecture.maxPositions
        for length in [reference.maxLength, reference.batchMaxLength] where !(1...positions).contains(length) {
            throw ModelError(
                .referenceFile, file: "\(folder.name)/reference.json",
                detail: "max_length \(length) is outside 1…\(positions), the model's positions")
        }
        self.model = folder.name
        architecture = folder.config.modelType
        cases = reference.cases.count

        let encodings = reference.cases.map {
            tokenizer.encode($0.text, pair: $0.pair, maxLength: reference.maxLength)
        }
        idMismatches = zip(encodings, reference.cases).count { $0.ids != $1.ids }
        let logits = Evaluator(model, workers: workers).logits(encodings)
        self.logits =
            reference.cases.enumerated().map { index, entry in
                Self.worst(logits[index].map(Double.init), entry.logits)
            }.max() ?? 0

        let batch = reference.batch.map { text, pair, label in
            TrainingExample(
                encoding: tokenizer.encode(text, pair: pair, maxLength: reference.batchMaxLength), label: label)
        }
        (gradientNorm, gradientValue, worstGradient) = Self.gradientErrors(reference, model, batch, workers)
        loss = Self.lossError(reference, model, batch, workers)
    }

    private static func gradientErrors(
        _ reference: ReferenceFile, _ model: SequenceClassifier, _ batch: [TrainingExample], _ workers: Workers
    ) -> (norm: Double, value: Double, worst: String) {
        let trainer = Trainer(model, settings: settings(reference), workers: workers)
        let run = trainer.run()
        _ = run.backward(lengths: batch.map(\.encoding.ids.count), loss: trainer.loss(batch))
        var parameterOf: [String: Parameter] = [:]
        for parameter in model.parameters.layout.parameters {
            if let name = model.checkpointNames[parameter.name] { parameterOf[name] = parameter }
        }
        var norm = 0.0
        var value = 0.0
        var worst = ""
        for expected in reference.gradients {
            guard let parameter = parameterOf[expected.name] else {
                return (.infinity, .infinity, expected.name)
            }
            let gradient = run.gradient.floats[parameter.range].map(Double.init)
            let length = gradient.reduce(0) { $0 + $1 * $1 }.squareRoot()
            let allowed = Bound.gradientNorm * expected.norm + Bound.gradientNormAbsolute
            let error = length.isFinite ? abs(length - expected.norm) / allowed : .infinity
            if error >= norm { (norm, worst) = (error, expected.name) }
            value = max(value, Self.worst(Array(gradient.prefix(expected.first.count)), expected.first))
        }
        return (norm, value, worst)
    }

    private static func lossError(
        _ reference: ReferenceFile, _ model: SequenceClassifier, _ batch: [TrainingExample], _ workers: Workers
    ) -> Double {
        let copy = model.with(model.parameters.copy())
        let trainer = Trainer(copy, settings: settings(reference), workers: workers)
        let run = trainer.run()
        let losses = reference.losses.map { _ in trainer.step(run, batch, learningRate: reference.learningRate) }
        return worst(losses, reference.losses)
    }

    private static func settings(_ reference: ReferenceFile) -> TrainingSettings {
        var settings = TrainingSettings()
        settings.optimizer = reference.optimizer
        settings.clipNorm = nil
        settings.dropout = false
        return settings
    }

    /// Largest absolute difference; infinite where the lengths differ or a value is not finite.
    private static func worst(_ a: [Double], _ b: [Double]) -> Double {
        guard a.count == b.count else { return .infinity }
        return zip(a, b).map { ($0 - $1).isFinite ? abs($0 - $1) : .infinity }.max() ?? 0
    }
}
