public import Checkpoints
public import Kernels

/// A network that continues texts: each token sees itself and those in front of it.
public protocol CausalArchitecture: Network {
    /// Reads the sizes and declares the parameters of a language model.
    init(languageModel config: ModelConfig) throws

    /// Final hidden states of every row: [tokens, hidden].
    ///
    /// - Parameters:
    ///   - batch: whose positions count from the start of each whole text.
    ///   - cache: the sequences that the batch continues, which are extended; nil where it has whole texts.
    func hiddenStates(_ tape: Tape, _ batch: PackedBatch, cache: CachedSequences?) -> Activation
    /// Scores of the token that follows each row: [rows, vocabulary].
    func tokenLogits(_ tape: Tape, _ states: Activation) -> Activation
    /// What a cache of the network holds for each token.
    var cacheShape: CacheShape { get }
}

/// What a cache holds for each token.
public struct CacheShape: Sendable {
    public let layers: Int
    /// Columns of a layer's keys, and of its values.
    public let width: Int

    /// Bytes of one token.
    var tokenBytes: Int { layers * width * 2 * MemoryLayout<Float>.stride }

    /// An empty cache for so many tokens.
    func cache(
        capacity: Int, extent: KeyValueCache.Extent = .allLayers, _ context: ComputeContext
    ) -> KeyValueCache {
        KeyValueCache(layers: layers, width: width, capacity: capacity, extent: extent, context: context)
    }
}

extension Architectures {
    /// Every type that can be run as a language model.
    public static let causal: [any CausalArchitecture.Type] = [
        GPT2.self, Llama.self, Mistral.self, Qwen2.self, Qwen3.self, Gemma3.self,
    ]

    /// The language model that a config names.
    ///
    /// - Throws: `ModelError` with the supported list where it is not one of them.
    public static func makeLanguageModel(_ config: ModelConfig) throws -> any CausalArchitecture {
        try supported(config, causal, { $0.modelTypes }).init(languageModel: config)
    }
}

/// What lies over a causal network's hidden states.
enum CausalHead: Sendable {
    /// Scores of the labels, read at the last token.
    case classifier(labels: Int)
    /// Scores of the next token.
    case languageModel
}
