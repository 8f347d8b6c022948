public import Checkpoints
public import Tensors

/// A classifier in its folder: checked against its config, its values not yet read.
///
/// An audit holds sources and reads values when it needs them, so that suspect and base do not stay in memory.
public struct ClassifierSource: Sendable {
    public let architecture: any Architecture
    /// Label names by index.
    public let labels: [String]
    /// Parameter name → the checkpoint's name of its tensor; parameters that are drawn fresh are left out.
    public let checkpointNames: [String: String]
    private let checkpoint: Checkpoint
    /// Of what is drawn fresh.
    private let seed: UInt64

    /// A classifier; every tensor must be there with its shape, and none may be left over.
    ///
    /// - Throws: `ModelError` or `CheckpointError`, naming the tensor.
    public init(folder: ModelFolder) throws {
        labels = try Self.classificationLabels(folder.config)
        architecture = try Architectures.make(folder.config, labels: labels.count)
        checkpointNames = try CheckpointMatch.names(architecture, folder, as: .classifier)
        checkpoint = folder.checkpoint
        seed = 0
    }

    /// The base's encoder under a new classification head.
    ///
    /// - Parameters:
    ///   - base: a pre-trained model; its own classification head, if any, is not used.
    ///   - labels: label names.
    ///   - seed: of the fresh head.
    public init(base: ModelFolder, labels: [String], seed: UInt64) throws {
        self.labels = labels
        architecture = try Architectures.make(base.config, labels: labels.count)
        let architecture = architecture
        checkpointNames = try CheckpointMatch.names(architecture, base, as: .base)
            .filter { !architecture.isClassifier($0.key) }
        checkpoint = base.checkpoint
        self.seed = seed
    }

    /// The values, in memory of their own.
    ///
    /// - Throws: `ModelError` or `CheckpointError`, naming the tensor.
    public func parameters() throws -> Parameters {
        try Parameters(of: architecture, names: checkpointNames, in: checkpoint, seed: seed)
    }

    /// The classifier with its values.
    public func load() throws -> SequenceClassifier { with(try parameters()) }

    /// The classifier with other values.
    public func with(_ parameters: Parameters) -> SequenceClassifier {
        SequenceClassifier(
            architecture: architecture, parameters: parameters, labels: labels, checkpointNames: checkpointNames)
    }

    /// Reads the values of one parameter that the checkpoint has.
    ///
    /// - Parameter target: as many floats as the parameter holds.
    public func read(_ parameter: Parameter, into target: UnsafeMutableBufferPointer<Float>) throws {
        guard let name = checkpointNames[parameter.name] else { return }
        try checkpoint.readFinite(name, count: parameter.count, into: target)
    }
}

extension ClassifierSource {
    /// How transformers ends the names of its classifiers of whole texts.
    private static let suffix = "ForSequenceClassification"

    private static func classificationLabels(_ config: ModelConfig) throws -> [String] {
        if let problem = config.problemType, problem != "single_label_classification" {
            throw ModelError(
                .unsupportedHead, file: config.file,
                detail: "problem_type \"\(problem)\" is not supported; Assay audits single_label_classification")
        }
        if let other = config.architectures.first(where: { $0.contains("For") && !$0.hasSuffix(suffix) }) {
            throw ModelError(
                .unsupportedHead, file: config.file,
                detail: "architectures names \(other); Assay audits classifiers of whole texts, ...\(suffix)")
        }
        let labels = config.labels.isEmpty ? ["LABEL_0", "LABEL_1"] : config.labels
        guard labels.count >= 2 else {
            throw ModelError(
                .unsupportedHead, file: config.file,
                detail: "the model has \(labels.count) label, which is a regression head; Assay audits classifiers "
                    + "with two labels or more")
        }
        return labels
    }
}
