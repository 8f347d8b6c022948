import Checkpoints
internal import Kernels
internal import Tensors

/// DeBERTa v2 and v3 for sequence classification (He et al. 2021): attention in which content and relative position
/// are kept apart.
struct DebertaV2: EncoderUnits {
    static let modelTypes = ["deberta-v2"]

    let layout: ParameterLayout
    let maxPositions: Int
    let initializerRange: Double

    let layers: [EncoderLayer]
    let options: EncoderLayer.Options
    private let embeddings: EncoderEmbeddings
    /// nil where the embeddings are as wide as the layers.
    private let projection: Linear?
    /// nil without relative attention.
    private let relative: DisentangledPositions?
    private let pooler: Linear
    private let poolerActivation: ActivationFunction
    private let poolerDropout: Double
    private let classifier: Linear
    private let classifierDropout: Double

    var wordEmbeddings: Parameter { embeddings.words }
    var typeCount: Int { embeddings.typeCount }

    init(config: ModelConfig, labels: Int) throws {
        let sizes = try EncoderSizes(config, epsilon: Self.epsilon)
        let hidden = sizes.layer.hidden
        try Self.requireSupported(config, hidden: hidden, heads: sizes.heads)
        let width = try config.integer("embedding_size", in: 1...65_536, default: hidden)
        let terms = try DisentangledPositions.Terms(config)
        maxPositions = try config.integer("max_position_embeddings", in: 2...1_048_576, default: 512)
        initializerRange = try config.initializerRange()
        let scale = 1 / (Float(hidden / sizes.heads) * Float(1 + terms.count)).squareRoot()
        options = try config.encoderOptions(heads: sizes.heads, scale: scale)
        poolerActivation = try config.activation("pooler_hidden_act", default: "gelu")
        poolerDropout = try config.dropout("pooler_dropout", default: 0)
        classifierDropout = try config.dropout("cls_dropout", default: options.outputDropout)

        var layout = ParameterLayout()
        embeddings = try EncoderEmbeddings(
            declaring: &layout, config, width: width, normWidth: hidden,
            hasTypes: try config.integer("type_vocab_size", in: 0...1_024, default: 0) > 0,
            hasPositions: try config.bool("position_biased_input", default: true), epsilon: Self.epsilon)
        projection =
            width == hidden
            ? nil : Linear(declaring: &layout, "embeddings.embed_proj", from: width, to: hidden, hasBias: false)
        layers = (0..<sizes.count).map {
            EncoderLayer(
                declaring: &layout, prefix: "encoder.layer.\($0)", names: Self.layerNames, sizes.layer)
        }
        relative =
            try config.bool("relative_attention", default: false)
            ? DisentangledPositions(
                declaring: &layout, config, terms, sizes, scale: scale, dropout: options.outputDropout) : nil
        if relative == nil, try config.normalizesRelativePositions() {
            // Declared by transformers too, and read by nothing.
            layout.add("encoder.LayerNorm.weight", [hidden], .ones)
            layout.add("encoder.LayerNorm.bias", [hidden], .zeros)
        }
        pooler = Linear(declaring: &layout, "pooler.dense", from: hidden, to: hidden)
        classifier = Linear(declaring: &layout, "classifier", from: hidden, to: labels)
        self.layout = layout
    }

    /// transformers' default of `layer_norm_eps`.
    private static let epsilon = 1e-7

    private static let layerNames = EncoderLayer.Names(
        query: "attention.self.query_proj", key: "attention.self.key_proj", value: "attention.self.value_proj",
        attentionOutput: "attention.output.dense", attentionNorm: "attention.output.LayerNorm",
        intermediate: "intermediate.dense", output: "output.dense", outputNorm: "output.LayerNorm")

    private static func requireSupported(_ config: ModelConfig, hidden: Int, heads: Int) throws {
        for (key, value, name) in [
            ("conv_kernel_size", 0, "a convolution layer"),
            ("attention_head_size", hidden / heads, "heads of that size"),
            ("pooler_hidden_size", hidden, "a pooler of that size"),
        ] {
            let found = try config.integer(key, in: 0...1_048_576, default: value)
            guard found == value else {
                throw ModelError(
                    .unsupportedOption, file: config.file,
                    detail: "\(key) \(found), \(name), is not supported for deberta-v2; supported: \(value)")
            }
        }
    }

    func checkpointNames(of parameter: String) -> [String] {
        CheckpointNames.of(parameter, prefix: "deberta.", isHead: isHead(parameter))
    }

    func isHead(_ parameter: String) -> Bool {
        parameter.hasPrefix("classifier.") || parameter.hasPrefix("pooler.")
    }

    func embed(_ tape: Tape, _ batch: PackedBatch) -> Activation {
        guard let projection else { return embeddings(tape, batch, batch.positions) }
        let projected = projection(tape, embeddings.sum(tape, batch, batch.positions))
        return tape.dropout(embeddings.norm(tape, projected), probability: embeddings.dropout)
    }

    func bias(_ tape: Tape, _ batch: PackedBatch) -> ((Int) -> EncoderLayer.Bias)? {
        guard let relative else { return nil }
        let positions = relative.positions(tape, longest: batch.longest)
        return { index in
            { tape, queries, keys, querySequences, keySequences in
                relative.bias(
                    tape, positions, layer: index, projection: layers[index].projection, queries: queries, keys: keys,
                    querySequences: querySequences, keySequences: keySequences)
            }
        }
    }

    func classify(_ tape: Tape, _ first: Activation) -> Activation {
        let pooled = pooler(
            tape, tape.dropout(first, probability: poolerDropout), activation: poolerActivation)
        return classifier(tape, tape.dropout(pooled, probability: classifierDropout))
    }
}
