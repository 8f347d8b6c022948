import Checkpoints
internal import Kernels
internal import Tensors

/// DistilBERT for sequence classification (Sanh et al. 2019): BERT without token types and pooler.
struct DistilBert: EncoderUnits {
    static let modelTypes = ["distilbert"]

    let layout: ParameterLayout
    let maxPositions: Int
    let initializerRange: Double

    let layers: [EncoderLayer]
    let options: EncoderLayer.Options
    private let embeddings: EncoderEmbeddings
    private let preClassifier: Linear
    private let classifier: Linear
    private let classifierDropout: Double

    var wordEmbeddings: Parameter { embeddings.words }
    var typeCount: Int { .max }

    init(config: ModelConfig, labels: Int) throws {
        let (hidden, heads) = try config.width("dim", heads: "n_heads")
        let dropout = try config.dropout("dropout")
        maxPositions = try config.integer("max_position_embeddings", in: 1...1_048_576, default: 512)
        initializerRange = try config.initializerRange()
        options = EncoderLayer.Options(
            attention: AttentionOptions(heads: heads, dropout: try config.dropout("attention_dropout")),
            activation: try config.activation("activation", default: "gelu"), contextDropout: 0,
            outputDropout: dropout)
        classifierDropout = try config.dropout("seq_classif_dropout", default: 0.2)
        var layout = ParameterLayout()
        embeddings = EncoderEmbeddings(
            words: layout.add("embeddings.word_embeddings.weight", [try config.vocabularySize(), hidden], .normal),
            positions: layout.add("embeddings.position_embeddings.weight", [maxPositions, hidden], .normal),
            types: nil,
            norm: Norm(declaring: &layout, "embeddings.LayerNorm", width: hidden, epsilon: Self.epsilon),
            dropout: dropout)
        let sizes = EncoderLayer.Sizes(
            hidden: hidden, intermediate: try config.integer("hidden_dim", in: 1...1_048_576), epsilon: Self.epsilon)
        layers = (0..<(try config.layerCount("n_layers"))).map {
            EncoderLayer(
                declaring: &layout, prefix: "transformer.layer.\($0)", names: Self.layerNames, sizes)
        }
        preClassifier = Linear(declaring: &layout, "pre_classifier", from: hidden, to: hidden)
        classifier = Linear(declaring: &layout, "classifier", from: hidden, to: labels)
        self.layout = layout
    }

    /// Not in the config.
    private static let epsilon: Float = 1e-12

    private static let layerNames = EncoderLayer.Names(
        query: "attention.q_lin", key: "attention.k_lin", value: "attention.v_lin",
        attentionOutput: "attention.out_lin", attentionNorm: "sa_layer_norm", intermediate: "ffn.lin1",
        output: "ffn.lin2", outputNorm: "output_layer_norm")

    func checkpointNames(of parameter: String) -> [String] {
        CheckpointNames.of(parameter, prefix: "distilbert.", isHead: isHead(parameter))
    }

    func embed(_ tape: Tape, _ batch: PackedBatch) -> Activation { embeddings(tape, batch, batch.positions) }

    func classify(_ tape: Tape, _ first: Activation) -> Activation {
        let pooled = preClassifier(tape, first, activation: .relu)
        return classifier(tape, tape.dropout(pooled, probability: classifierDropout))
    }
}
