import Checkpoints
internal import Kernels
internal import Tensors

/// ModernBERT for sequence classification (Warner et al. 2024): pre-norm layers with rotary positions and gated units,
/// of which only some see the whole text.
struct ModernBert: LayerwiseClassifier {
    static let modelTypes = ["modernbert"]

    let layout: ParameterLayout
    let wordEmbeddings: Parameter
    let maxPositions: Int
    let initializerRange: Double

    private let embeddingNorm: Norm
    private let embeddingDropout: Double
    private let layers: [GatedLayer]
    private let options: GatedLayer.Options
    private let finalNorm: Norm
    private let poolsMean: Bool
    private let dense: Linear
    private let headActivation: ActivationFunction
    private let headNorm: Norm
    private let classifier: Linear
    private let classifierDropout: Double

    var typeCount: Int { .max }

    init(config: ModelConfig, labels: Int) throws {
        let (hidden, heads) = try config.width()
        let epsilon = try config.epsilon("norm_eps", default: 1e-5)
        let normHasBias = try config.bool("norm_bias", default: false)
        maxPositions = try config.integer("max_position_embeddings", in: 1...16_777_216, default: 8_192)
        initializerRange = try config.initializerRange()
        embeddingDropout = try config.dropout("embedding_dropout", default: 0)
        classifierDropout = try config.dropout("classifier_dropout", default: 0)
        try config.requireSupported("classifier_pooling", default: "cls", ["cls", "mean"], .unsupportedHead)
        poolsMean = try config.string("classifier_pooling", default: "cls") == "mean"
        headActivation = try config.activation("classifier_activation", default: "gelu")
        let attentionDropout = try config.dropout("attention_dropout", default: 0)
        options = GatedLayer.Options(
            headWidth: hidden / heads, activation: try config.activation("hidden_activation", default: "gelu"),
            contextDropout: attentionDropout, unitDropout: try config.dropout("mlp_dropout", default: 0))

        var layout = ParameterLayout()
        wordEmbeddings = layout.add(
            "embeddings.tok_embeddings.weight", [try config.vocabularySize(), hidden], .normal)
        func norm(_ name: String) -> Norm {
            Norm(declaring: &layout, name, width: hidden, epsilon: epsilon, hasBias: normHasBias)
        }
        embeddingNorm = norm("embeddings.norm")
        let attentionHasBias = try config.bool("attention_bias", default: false)
        let unitsHaveBias = try config.bool("mlp_bias", default: false)
        let units = try config.integer("intermediate_size", in: 1...1_048_576)
        let window = try config.integer("local_attention", in: 0...16_777_216, default: 128)
        let period = try config.integer("global_attn_every_n_layers", in: 1...1_000, default: 3)
        let types = try config.layerTypes(try config.layerCount()) { $0 % period == 0 ? .full : .sliding }
        let tables = try Self.rotaryTables(config, width: hidden / heads)
        layers = types.enumerated().map { index, type in
            let name = "layers.\(index)"
            return GatedLayer(
                attentionNorm: index == 0 ? nil : norm(name + ".attn_norm"),
                projection: Linear(
                    declaring: &layout, name + ".attn.Wqkv", from: hidden, to: 3 * hidden, hasBias: attentionHasBias),
                queryNorm: nil, keyNorm: nil,
                attentionOutput: Linear(
                    declaring: &layout, name + ".attn.Wo", from: hidden, to: hidden, hasBias: attentionHasBias),
                feedForwardNorm: norm(name + ".mlp_norm"),
                gate: Linear(
                    declaring: &layout, name + ".mlp.Wi", from: hidden, to: 2 * units, hasBias: unitsHaveBias),
                output: Linear(
                    declaring: &layout, name + ".mlp.Wo", from: units, to: hidden, hasBias: unitsHaveBias),
                attention: AttentionOptions(
                    heads: heads, dropout: attentionDropout, span: type == .full ? .all : .local(window / 2)),
                rotary: type == .full ? tables.full : tables.sliding)
        }
        finalNorm = norm("final_norm")
        dense = Linear(
            declaring: &layout, "head.dense", from: hidden, to: hidden,
            hasBias: try config.bool("classifier_bias", default: false))
        headNorm = norm("head.norm")
        classifier = Linear(declaring: &layout, "classifier", from: hidden, to: labels)
        self.layout = layout
    }

    private static func rotaryTables(
        _ config: ModelConfig, width: Int
    ) throws -> (full: RotaryTable, sliding: RotaryTable) {
        let global = try config.number("global_rope_theta", in: 1e-6...1e15, default: 160_000)
        let local = try config.number("local_rope_theta", in: 1e-6...1e15, default: 10_000)
        return (
            try config.rotaryTable(width: width, layerType: LayerType.full.rawValue, theta: global),
            try config.rotaryTable(width: width, layerType: LayerType.sliding.rawValue, theta: local)
        )
    }

    func checkpointNames(of parameter: String) -> [String] {
        CheckpointNames.of(parameter, prefix: "model.", isHead: isHead(parameter))
    }

    /// The head's dense layer and norm are those of the language model, where a base has one.
    func isHead(_ parameter: String) -> Bool { isClassifier(parameter) || parameter.hasPrefix("head.") }

    func isClassifier(_ parameter: String) -> Bool { parameter.hasPrefix("classifier.") }

    func logits(_ tape: Tape, _ batch: PackedBatch) -> Activation {
        var x = embed(tape, batch)
        for layer in layers.dropLast() { x = layer(tape, x, batch, options) }
        guard let last = layers.last else { return x }
        if poolsMean { return classify(tape, last(tape, x, batch, options), batch) }
        return classify(tape, first: last(tape, x, batch, options, picked: batch.firstTokens))
    }

    func layerLogits(_ tape: Tape, _ batch: PackedBatch) -> [Activation] {
        var x = embed(tape, batch)
        return layers.map { layer in
            x = layer(tape, x, batch, options)
            return classify(tape, x, batch)
        }
    }

    private func embed(_ tape: Tape, _ batch: PackedBatch) -> Activation {
        let x = embeddingNorm(tape, tape.embedding([(wordEmbeddings, batch.ids)]))
        return tape.dropout(x, probability: embeddingDropout)
    }

    /// Logits of the states of every row.
    private func classify(_ tape: Tape, _ states: Activation, _ batch: PackedBatch) -> Activation {
        guard poolsMean else { return classify(tape, first: tape.rows(states, batch.firstRows)) }
        return head(tape, tape.mean(finalNorm(tape, states), of: batch.sequences))
    }

    private func classify(_ tape: Tape, first states: Activation) -> Activation {
        head(tape, finalNorm(tape, states))
    }

    private func head(_ tape: Tape, _ pooled: Activation) -> Activation {
        let normed = headNorm(tape, dense(tape, pooled, activation: headActivation))
        return classifier(tape, tape.dropout(normed, probability: classifierDropout))
    }
}
