import Checkpoints
internal import Kernels
internal import Tensors

/// A family over the shared decoder, as a classifier or as a language model: it only says what is its own.
protocol GatedDecoderModel: LayerwiseClassifier, CausalArchitecture {
    var decoder: GatedDecoder { get }

    init(decoder: GatedDecoder)

    /// - Parameter layers: number of layers.
    static func traits(_ config: ModelConfig, layers: Int) throws -> GatedDecoder.Traits
}

extension GatedDecoderModel {
    init(config: ModelConfig, labels: Int) throws { try self.init(config, .classifier(labels: labels)) }

    init(languageModel config: ModelConfig) throws { try self.init(config, .languageModel) }

    private init(_ config: ModelConfig, _ head: CausalHead) throws {
        let traits = try Self.traits(config, layers: try config.layerCount())
        self.init(decoder: try GatedDecoder(config, head, traits))
    }

    var layout: ParameterLayout { decoder.layout }
    var wordEmbeddings: Parameter { decoder.wordEmbeddings }
    var maxPositions: Int { decoder.maxPositions }
    var initializerRange: Double { decoder.initializerRange }
    var typeCount: Int { .max }

    func checkpointNames(of parameter: String) -> [String] {
        CheckpointNames.of(
            parameter, prefix: "model.", isHead: isHead(parameter) || parameter.hasPrefix("lm_head."))
    }

    func ignores(checkpointName: String) -> Bool {
        checkpointName.hasPrefix("lm_head.") || checkpointName.hasSuffix(".rotary_emb.inv_freq")
    }

    func logits(_ tape: Tape, _ batch: PackedBatch) -> Activation { decoder.logits(tape, batch) }

    func layerLogits(_ tape: Tape, _ batch: PackedBatch) -> [Activation] { decoder.layerLogits(tape, batch) }

    func hiddenStates(_ tape: Tape, _ batch: PackedBatch, cache: CachedSequences?) -> Activation {
        decoder.hiddenStates(tape, batch, cache: cache)
    }

    func tokenLogits(_ tape: Tape, _ states: Activation) -> Activation { decoder.tokenLogits(tape, states) }

    var cacheShape: CacheShape { decoder.cacheShape }
}
