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
        checkpointNames = try Self.match(architecture, folder, headMayLack: false)
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
        checkpointNames = try Self.match(architecture, base, headMayLack: true)
            .filter { !$0.key.hasPrefix("classifier.") }
        checkpoint = base.checkpoint
        self.seed = seed
    }

    /// The values, in memory of their own.
    ///
    /// - Throws: `ModelError` or `CheckpointError`, naming the tensor.
    public func parameters() throws -> Parameters {
        let parameters = Parameters(layout: architecture.layout)
        for parameter in architecture.layout.parameters {
            if checkpointNames[parameter.name] != nil {
                try read(parameter, into: parameters.floats(parameter))
            } else {
                parameters.initialize(parameter, deviation: architecture.initializerRange, seed: seed)
            }
        }
        return parameters
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
        try checkpoint.read(name, elements: 0..<parameter.count, into: target)
        guard target.allSatisfy(\.isFinite) else {
            throw ModelError(
                .nonFinite, file: checkpoint.file,
                detail: "tensor \(name) holds NaN or infinity, so the model cannot be run")
        }
    }
}

extension ClassifierSource {
    private static func classificationLabels(_ config: ModelConfig) throws -> [String] {
        if let problem = config.problemType, problem != "single_label_classification" {
            throw ModelError(
                .unsupportedHead, file: config.file,
                detail: "problem_type \"\(problem)\" is not supported; Assay audits single_label_classification")
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

    /// Parameter name → checkpoint name, complete in both directions.
    private static func match(
        _ architecture: any Architecture, _ folder: ModelFolder, headMayLack: Bool
    ) throws -> [String: String] {
        let checkpoint = folder.checkpoint
        var names: [String: String] = [:]
        var missing: [String] = []
        for parameter in architecture.layout.parameters {
            let candidates = architecture.checkpointNames(of: parameter.name)
            guard let name = candidates.first(where: { checkpoint[$0] != nil }), let tensor = checkpoint[name] else {
                if !(headMayLack && architecture.isHead(parameter.name)) { missing.append(candidates[0]) }
                continue
            }
            let isReplaced = headMayLack && parameter.name.hasPrefix("classifier.")
            guard tensor.shape == parameter.shape || isReplaced else {
                throw ModelError(
                    .shapeMismatch, file: folder.name,
                    detail: "tensor \(name) has shape \(tensor.shape) but config.json asks for \(parameter.shape)")
            }
            names[parameter.name] = name
        }
        if !missing.isEmpty {
            throw ModelError(
                .missingTensor, file: folder.name,
                detail: "the checkpoint lacks \(missing.count) of the model's tensors, among them "
                    + missing.prefix(3).joined(separator: ", ") + "; is this a complete "
                    + (headMayLack ? "pre-trained model?" : "fine-tuned classifier?"))
        }
        let used = Set(names.values)
        if let extra = checkpoint.tensors.first(where: {
            !used.contains($0.name) && !architecture.ignores(checkpointName: $0.name)
                && !(headMayLack && $0.name.hasPrefix("classifier."))
        }) {
            throw ModelError(
                .unexpectedTensor, file: folder.name,
                detail: "tensor \(extra.name) does not belong to a \(folder.config.modelType) classifier; "
                    + "what it does cannot be audited")
        }
        return names
    }
}

extension Parameters {
    /// Draws a parameter fresh, by its own kind.
    public func initialize(_ parameter: Parameter, deviation: Double, seed: UInt64) {
        let target = floats(parameter)
        switch parameter.initialization {
        case .zeros: target.update(repeating: 0)
        case .ones: target.update(repeating: 1)
        case .normal:
            let random = CounterRandom(seed: seed, stream: "initialize/" + parameter.name)
            for i in target.indices { target[i] = Float(random.normal(at: UInt64(i)) * deviation) }
        }
    }
}
