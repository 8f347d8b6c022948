import Checkpoints
internal import Kernels
internal import Tensors

/// GPT-2 as a classifier or a language model (Radford et al. 2019): pre-norm layers with a causal mask, learned
/// positions, and weights that are stored [in, out].
struct GPT2: LayerwiseClassifier, CausalArchitecture {
    static let modelTypes = ["gpt2"]

    let layout: ParameterLayout
    let wordEmbeddings: Parameter
    let maxPositions: Int
    let initializerRange: Double

    private let positionEmbeddings: Parameter
    private let embeddingDropout: Double
    private let layers: [GPT2Layer]
    private let options: GPT2Layer.Options
    private let finalNorm: Norm
    private let head: Linear
    private let paddingID: Int32?

    var typeCount: Int { 0 }

    init(config: ModelConfig, labels: Int) throws { try self.init(config, .classifier(labels: labels)) }

    init(languageModel config: ModelConfig) throws { try self.init(config, .languageModel) }

    private init(_ config: ModelConfig, _ kind: CausalHead) throws {
        let (hidden, heads) = try config.width("n_embd", heads: "n_head")
        try config.requireOff("add_cross_attention")
        maxPositions = try config.integer("n_positions", in: 1...1_048_576)
        initializerRange = try config.initializerRange()
        embeddingDropout = try config.dropout("embd_pdrop")
        paddingID = try config.paddingID()
        options = GPT2Layer.Options(
            activation: try config.activation("activation_function", default: "gelu_new"),
            dropout: try config.dropout("resid_pdrop"))
        let epsilon = try config.epsilon("layer_norm_epsilon", default: 1e-5)
        let units = try config.integer("n_inner", in: 1...1_048_576, default: 4 * hidden)
        let dropout = try config.dropout("attn_pdrop")
        let scale: Float =
            try config.bool("scale_attn_weights", default: true) ? 1 / Float(hidden / heads).squareRoot() : 1
        let fallsWithDepth = try config.bool("scale_attn_by_inverse_layer_idx", default: false)

        var layout = ParameterLayout()
        wordEmbeddings = layout.add("wte.weight", [try config.vocabularySize(), hidden], .normal)
        positionEmbeddings = layout.add("wpe.weight", [maxPositions, hidden], .normal)
        layers = (0..<(try config.layerCount("n_layer"))).map { index in
            GPT2Layer(
                declaring: &layout, prefix: "h.\(index)", hidden: hidden, units: units, epsilon: epsilon,
                attention: AttentionOptions(
                    heads: heads, scale: fallsWithDepth ? scale / Float(index + 1) : scale, dropout: dropout,
                    span: .causal))
        }
        finalNorm = Norm(declaring: &layout, "ln_f", width: hidden, epsilon: epsilon)
        head = try Linear(declaring: &layout, kind, config, wordEmbeddings, isTied: true)
        self.layout = layout
    }

    func checkpointNames(of parameter: String) -> [String] {
        CheckpointNames.of(
            parameter, prefix: "transformer.", isHead: isHead(parameter) || parameter.hasPrefix("lm_head."))
    }

    /// Older checkpoints store each layer's causal mask.
    func ignores(checkpointName: String) -> Bool {
        checkpointName.hasPrefix("lm_head.") || checkpointName.hasSuffix(".attn.bias")
            || checkpointName.hasSuffix(".attn.masked_bias")
    }

    func storesInputsFirst(_ parameter: Parameter) -> Bool {
        parameter.name.hasPrefix("h.") && parameter.shape.count == 2
    }

    func logits(_ tape: Tape, _ batch: PackedBatch) -> Activation {
        var x = embed(tape, batch)
        for layer in layers.dropLast() { x = layer(tape, x, batch, options) }
        guard let last = layers.last else { return x }
        let picked = batch.lastTokens(notPadding: paddingID)
        return head(tape, finalNorm(tape, last(tape, x, batch, options, picked: picked)))
    }

    func layerLogits(_ tape: Tape, _ batch: PackedBatch) -> [Activation] {
        let rows = batch.lastTokens(notPadding: paddingID).rows
        var x = embed(tape, batch)
        return layers.map { layer in
            x = layer(tape, x, batch, options)
            return head(tape, finalNorm(tape, tape.rows(x, rows)))
        }
    }

    func hiddenStates(_ tape: Tape, _ batch: PackedBatch, cache: CachedSequences?) -> Activation {
        var x = embed(tape, batch)
        for (index, layer) in layers.enumerated() {
            x = layer(tape, x, batch, options, cache: cache.map { ($0, index) })
        }
        cache?.advance(by: batch.sequences)
        return finalNorm(tape, x)
    }

    func tokenLogits(_ tape: Tape, _ states: Activation) -> Activation { head(tape, states) }

    var cacheShape: CacheShape { CacheShape(layers: layers.count, width: wordEmbeddings.columns) }

    private func embed(_ tape: Tape, _ batch: PackedBatch) -> Activation {
        let x = tape.embedding([(wordEmbeddings, batch.ids), (positionEmbeddings, batch.positions)])
        return tape.dropout(x, probability: embeddingDropout)
    }
}
