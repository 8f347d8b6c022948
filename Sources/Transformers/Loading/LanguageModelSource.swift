public import Checkpoints
public import Tensors

/// A language model in its folder: checked against its config, its values not yet read.
///
/// Several models of one layout can so be built in memory without keeping all of them: read one's values, change them,
/// and give them to ``with(_:)``.
public struct LanguageModelSource: Sendable {
    public let causal: any CausalArchitecture
    /// Parameter name → the checkpoint's name of its tensor.
    public let checkpointNames: [String: String]
    private let checkpoint: Checkpoint
    /// The folder's name, for errors.
    private let folder: String

    /// A language model; every tensor must be there with its shape, and none may be left over.
    ///
    /// - Throws: `ModelError` or `CheckpointError`, naming the tensor.
    public init(folder: ModelFolder) throws {
        causal = try Architectures.makeLanguageModel(folder.config)
        checkpointNames = try CheckpointMatch.names(causal, folder, as: .languageModel)
        checkpoint = folder.checkpoint
        self.folder = folder.name
    }

    /// The values, in memory of their own.
    ///
    /// - Throws: `ModelError` or `CheckpointError`, naming the tensor.
    public func parameters() throws -> Parameters {
        let parameters = try Parameters(of: causal, names: checkpointNames, in: checkpoint, seed: 0)
        try requireTied(parameters)
        return parameters
    }

    /// The model with its values.
    public func load() throws -> LanguageModel { with(try parameters()) }

    /// The model with other values.
    public func with(_ parameters: Parameters) -> LanguageModel {
        LanguageModel(causal: causal, parameters: parameters, checkpointNames: checkpointNames)
    }

    /// Reads the values of one parameter.
    ///
    /// - Parameter target: as many floats as the parameter holds.
    public func read(_ parameter: Parameter, into target: UnsafeMutableBufferPointer<Float>) throws {
        guard let name = checkpointNames[parameter.name] else { return }
        try checkpoint.readFinite(name, count: parameter.count, into: target)
    }

    /// A head that is stored beside the word embeddings that it is said to be must be equal to them.
    private func requireTied(_ parameters: Parameters) throws {
        let (head, words) = ("lm_head.weight", parameters.floats(causal.wordEmbeddings))
        guard causal.layout[head] == nil, let stored = checkpoint[head] else { return }
        guard stored.shape == causal.wordEmbeddings.shape, try checkpoint.floats(head).elementsEqual(words) else {
            throw ModelError(
                .unexpectedTensor, file: folder,
                detail: "\(head) differs from the word embeddings, and config.json ties the two; set "
                    + "tie_word_embeddings to false")
        }
    }
}
