public import Tensors

/// A model in its folder, checked against its config, whose values are read when they are needed.
public protocol ModelSource: Sendable {
    associatedtype Model

    var network: any Network { get }
    /// Parameter name → the checkpoint's name of its tensor; parameters that are drawn fresh are left out.
    var checkpointNames: [String: String] { get }

    /// The values, in memory of their own.
    ///
    /// - Throws: `ModelError` or `CheckpointError`, naming the tensor.
    func parameters() throws -> Parameters
    /// Reads the values of one parameter that the checkpoint has.
    ///
    /// - Parameter target: as many floats as the parameter holds.
    func read(_ parameter: Parameter, into target: UnsafeMutableBufferPointer<Float>) throws
    /// The model with other values.
    func with(_ parameters: Parameters) -> Model
}

extension ClassifierSource: ModelSource {
    public var network: any Network { architecture }
}

extension LanguageModelSource: ModelSource {
    public var network: any Network { causal }
}
