public import Checkpoints
public import Kernels
public import Tensors

/// A kind of network: which parameters it has and how it turns packed tokens into logits.
///
/// One file an architecture. To add one: declare its parameters under the checkpoint's own names, write the forward
/// pass from the tape's operations, and list the type in `Architectures.all`.
public protocol Architecture: Sendable {
    /// Values of `model_type` in config.json that this type reads.
    static var modelTypes: [String] { get }

    /// Reads the sizes and declares the parameters.
    ///
    /// - Parameters:
    ///   - config: sizes here are checked against the tensors before anything is allocated by them.
    ///   - labels: rows of the classification head, at least 2.
    init(config: ModelConfig, labels: Int) throws

    var layout: ParameterLayout { get }
    /// [vocabulary, hidden].
    var wordEmbeddings: Parameter { get }
    /// Longest sequence that has positions.
    var maxPositions: Int { get }
    /// Rows of the token-type table.
    var typeCount: Int { get }
    /// Standard deviation of freshly drawn weights.
    var initializerRange: Double { get }

    /// The names a checkpoint may use for a parameter, the usual one first.
    func checkpointNames(of parameter: String) -> [String]
    /// Whether a base may lack the parameter, so that it is drawn fresh.
    func isHead(_ parameter: String) -> Bool
    /// Whether a checkpoint's tensor is known and not used.
    func ignores(checkpointName: String) -> Bool

    /// Logits [sequences, labels].
    func logits(_ tape: Tape, _ batch: PackedBatch) -> Activation
}

/// The architectures that can be run.
public enum Architectures {
    /// Every supported type; the order is that of the documentation.
    public static let all: [any Architecture.Type] = [Bert.self]

    /// The architecture that a config names.
    ///
    /// - Throws: `ModelError` with the supported list where it is not one of them.
    public static func make(_ config: ModelConfig, labels: Int) throws -> any Architecture {
        guard let type = all.first(where: { $0.modelTypes.contains(config.modelType) }) else {
            let known = all.flatMap { $0.modelTypes }.joined(separator: ", ")
            throw ModelError(
                .unsupportedArchitecture, file: config.file,
                detail: "model_type \"\(config.modelType)\" is not supported; Assay runs: \(known)")
        }
        return try type.init(config: config, labels: labels)
    }
}
