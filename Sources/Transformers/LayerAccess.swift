public import Kernels
public import Tensors

/// A classifier whose layers can each be read through its head.
public protocol LayerwiseClassifier: Architecture {
    /// Logits [sequences, labels] of each layer's first token, through the shared head.
    func layerLogits(_ tape: Tape, _ batch: PackedBatch) -> [Activation]
}

/// The parameters of one layer's feed-forward units.
public struct FeedForward: Sendable {
    /// [units, hidden].
    public let intermediate: Parameter
    /// [units].
    public let intermediateBias: Parameter
    /// [hidden, units].
    public let output: Parameter
}

/// A network whose feed-forward units can be watched and pruned.
public protocol FeedForwardUnits: Architecture {
    /// By layer.
    var feedForward: [FeedForward] { get }
    /// What each layer's units answer, after the activation function: [tokens, units].
    func feedForwardActivations(_ tape: Tape, _ batch: PackedBatch) -> [Activation]
}
