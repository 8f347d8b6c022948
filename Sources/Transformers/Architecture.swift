public import Checkpoints
public import Kernels
public import Tensors

/// A kind of network: which parameters it has, what a checkpoint calls them, and what it can read.
public protocol Network: Sendable {
    /// Values of `model_type` in config.json that this type reads.
    static var modelTypes: [String] { get }

    var layout: ParameterLayout { get }
    /// [vocabulary, width].
    var wordEmbeddings: Parameter { get }
    /// Longest sequence that has positions.
    var maxPositions: Int { get }
    /// Token types that may occur; `Int.max` where the network does not look at them, 0 where it would take them for
    /// words.
    var typeCount: Int { get }
    /// Standard deviation of freshly drawn weights.
    var initializerRange: Double { get }

    /// The names a checkpoint may use for a parameter, the usual one first.
    func checkpointNames(of parameter: String) -> [String]
    /// Whether a base may lack the parameter, so that it is drawn fresh.
    func isHead(_ parameter: String) -> Bool
    /// Whether a checkpoint's tensor is known and not used.
    func ignores(checkpointName: String) -> Bool
    /// Whether a matrix is stored [in, out], so that its rows belong to what it reads.
    func storesInputsFirst(_ parameter: Parameter) -> Bool
}

/// A network that classifies: it turns packed tokens into logits.
///
/// One file an architecture. To add one: declare its parameters under the checkpoint's own names, write the forward
/// pass from the tape's operations, and list the type in `Architectures.all`.
public protocol Architecture: Network {
    /// Reads the sizes and declares the parameters.
    ///
    /// - Parameters:
    ///   - config: sizes here are checked against the tensors before anything is allocated by them.
    ///   - labels: rows of the classification head, at least 2.
    init(config: ModelConfig, labels: Int) throws

    /// Whether the parameter belongs to the classification itself, so that a base's own is not used.
    func isClassifier(_ parameter: String) -> Bool

    /// Logits [sequences, labels].
    func logits(_ tape: Tape, _ batch: PackedBatch) -> Activation
}

extension Network {
    public func ignores(checkpointName: String) -> Bool {
        checkpointName.hasSuffix("embeddings.position_ids") || checkpointName.hasSuffix("embeddings.token_type_ids")
            || CheckpointNames.hasPrefix(checkpointName, in: CheckpointNames.pretraining)
    }

    public func storesInputsFirst(_ parameter: Parameter) -> Bool { false }

    public func isHead(_ parameter: String) -> Bool {
        CheckpointNames.hasPrefix(parameter, in: CheckpointNames.classification)
    }
}

extension Architecture {
    public func isClassifier(_ parameter: String) -> Bool { isHead(parameter) }
}

/// The architectures that can be run.
public enum Architectures {
    /// Every supported type; the order is that of the documentation.
    public static let all: [any Architecture.Type] = [
        Bert.self, DistilBert.self, Electra.self, Albert.self, Roberta.self, MPNet.self, DebertaV2.self,
        ModernBert.self, GPT2.self, Llama.self, Mistral.self, Qwen2.self, Qwen3.self,
    ]

    /// The architecture that a config names.
    ///
    /// - Throws: `ModelError` with the supported list where it is not one of them.
    public static func make(_ config: ModelConfig, labels: Int) throws -> any Architecture {
        try supported(config, all, { $0.modelTypes }).init(config: config, labels: labels)
    }

    /// The type of a list that reads a config's `model_type`.
    static func supported<Kind>(_ config: ModelConfig, _ list: [Kind], _ types: (Kind) -> [String]) throws -> Kind {
        guard let type = list.first(where: { types($0).contains(config.modelType) }) else {
            throw ModelError(
                .unsupportedArchitecture, file: config.file,
                detail: "model_type \"\(config.modelType)\" is not supported; Assay runs: "
                    + list.flatMap(types).joined(separator: ", "))
        }
        return type
    }
}
