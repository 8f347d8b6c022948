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
    /// Cases that a language model continues with other tokens; nil for a classifier.
    public let continuationMismatches: Int?
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
        idMismatches == 0 && continuationMismatches ?? 0 == 0 && logits <= Bound.logits && gradientNorm <= 1
            && gradientValue <= Bound.gradientValue && loss <= Bound.loss
    }

    /// Runs the cases, one backward pass and the AdamW steps of `reference.json` in the model's folder.
    public init(folder: ModelFolder, workers: Workers) throws {
        guard let bytes = try folder.bytes(of: "reference.json") else {
            throw ModelError(
                .referenceFile, file: folder.name,
                detail: "there is no reference.json; make one with the script in Tests/Reference")
        }
        let file = "\(folder.name)/reference.json"
        let reference = try ReferenceFile(parsing: bytes, file: file)
        let model: any ConformanceModel =
            folder.config.isLanguageModel
            ? try LanguageModel(folder: folder) : try ClassifierSource(folder: folder).load()
        let tokenizer = try folder.tokenizer()
        try model.network.check(tokenizer, folder: folder.name)
        let positions = model.network.maxPositions
        for length in [reference.maxLength, reference.batchMaxLength] where !(1...positions).contains(length) {
            throw ModelError(
                .referenceFile, file: file,
                detail: "max_length \(length) is outside 1…\(positions), the model's positions")
        }
        let batch = reference.batch.map { text, pair, label in
            (encoding: tokenizer.encode(text, pair: pair, maxLength: reference.batchMaxLength), label: label)
        }
        let encodings = reference.cases.map {
            tokenizer.encode($0.text, pair: $0.pair, maxLength: reference.maxLength)
        }
        guard (encodings + batch.map(\.encoding)).allSatisfy({ !$0.ids.isEmpty }) else {
            throw ModelError(
                .referenceFile, file: file, detail: "a text gives no token, and a model cannot read nothing")
        }
        let training = try model.training(on: batch, file: file, workers)
        self.model = folder.name
        architecture = folder.config.modelType
        cases = reference.cases.count
        idMismatches = zip(encodings, reference.cases).count { $0.ids != $1.ids }
        let answers = model.answers(encodings, reference, workers)
        logits = zip(answers, reference.cases).map { Self.worst($0.logits, $1.logits) }.max() ?? 0
        continuationMismatches =
            reference.cases.contains { $0.continuation != nil }
            ? zip(answers, reference.cases).count { $0.continuation != $1.continuation } : nil
        (gradientNorm, gradientValue, worstGradient) = Self.gradientErrors(reference, model, training, workers)
        loss = Self.lossError(reference, model, training, workers)
    }

    private static func gradientErrors(
        _ reference: ReferenceFile, _ model: any ConformanceModel, _ batch: ConformanceBatch, _ workers: Workers
    ) -> (norm: Double, value: Double, worst: String) {
        let run = self.run(reference, model, model.parameters, workers)
        _ = run.backward(lengths: batch.lengths, loss: batch.loss)
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
        _ reference: ReferenceFile, _ model: any ConformanceModel, _ batch: ConformanceBatch, _ workers: Workers
    ) -> Double {
        let parameters = model.parameters.copy()
        let run = self.run(reference, model, parameters, workers)
        let losses = reference.losses.map { _ in
            run.step(
                lengths: batch.lengths, rows: batch.rows, learningRate: reference.learningRate, loss: batch.loss)
        }
        return worst(losses, reference.losses)
    }

    private static func run(
        _ reference: ReferenceFile, _ model: any ConformanceModel, _ parameters: Parameters, _ workers: Workers
    ) -> TrainingRun {
        TrainingRun(
            parameters, table: model.network.wordEmbeddings, optimizer: reference.optimizer, clipNorm: nil,
            dropoutSeed: nil, workers: workers)
    }

    /// Largest absolute difference; infinite where the lengths differ or a value is not finite.
    private static func worst(_ a: [Double], _ b: [Double]) -> Double {
        guard a.count == b.count else { return .infinity }
        return zip(a, b).map { ($0 - $1).isFinite ? abs($0 - $1) : .infinity }.max() ?? 0
    }
}
