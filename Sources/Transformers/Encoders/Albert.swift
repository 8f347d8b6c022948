import Checkpoints
internal import Kernels
internal import Tensors

/// ALBERT for sequence classification (Lan et al. 2020): narrow embeddings, and layers that share their parameters.
struct Albert: EncoderClassifier {
    static let modelTypes = ["albert"]

    let layout: ParameterLayout
    let maxPositions: Int
    let initializerRange: Double

    /// Each group's layers, as often as they are run.
    let layers: [EncoderLayer]
    let options: EncoderLayer.Options
    private let embeddings: EncoderEmbeddings
    private let projection: Linear
    private let pooler: Linear
    private let classifier: Linear
    private let classifierDropout: Double

    var wordEmbeddings: Parameter { embeddings.words }
    var typeCount: Int { embeddings.typeCount }

    init(config: ModelConfig, labels: Int) throws {
        let sizes = try EncoderSizes(config)
        let width = try config.integer("embedding_size", in: 1...65_536, default: 128)
        let groups = try config.integer("num_hidden_groups", in: 1...sizes.count, default: 1)
        let inner = try config.integer("inner_group_num", in: 1...max(1, 1_000 / groups), default: 1)
        maxPositions = try config.integer("max_position_embeddings", in: 1...1_048_576)
        initializerRange = try config.initializerRange()
        let shared = try config.encoderOptions(heads: sizes.heads, activation: "gelu_new")
        options = EncoderLayer.Options(
            attention: shared.attention, activation: shared.activation, contextDropout: shared.contextDropout,
            outputDropout: 0)
        classifierDropout = try config.dropout("classifier_dropout_prob")
        var layout = ParameterLayout()
        embeddings = try EncoderEmbeddings(declaring: &layout, config, width: width)
        let hidden = sizes.layer.hidden
        projection = Linear(declaring: &layout, "encoder.embedding_hidden_mapping_in", from: width, to: hidden)
        let declared = (0..<groups).map { group in
            (0..<inner).map {
                EncoderLayer(
                    declaring: &layout, prefix: "encoder.albert_layer_groups.\(group).albert_layers.\($0)",
                    names: Self.layerNames, sizes.layer)
            }
        }
        let perGroup = Double(sizes.count) / Double(groups)
        layers = (0..<sizes.count).flatMap { declared[min(groups - 1, Int(Double($0) / perGroup))] }
        pooler = Linear(declaring: &layout, "pooler", from: hidden, to: hidden)
        classifier = Linear(declaring: &layout, "classifier", from: hidden, to: labels)
        self.layout = layout
    }

    private static let layerNames = EncoderLayer.Names(
        query: "attention.query", key: "attention.key", value: "attention.value", attentionOutput: "attention.dense",
        attentionNorm: "attention.LayerNorm", intermediate: "ffn", output: "ffn_output",
        outputNorm: "full_layer_layer_norm")

    func checkpointNames(of parameter: String) -> [String] {
        CheckpointNames.of(parameter, prefix: "albert.", isHead: isClassifier(parameter))
    }

    func isHead(_ parameter: String) -> Bool { isClassifier(parameter) || parameter.hasPrefix("pooler.") }

    func isClassifier(_ parameter: String) -> Bool { parameter.hasPrefix("classifier.") }

    func embed(_ tape: Tape, _ batch: PackedBatch) -> Activation {
        projection(tape, embeddings(tape, batch, batch.positions))
    }

    func classify(_ tape: Tape, _ first: Activation) -> Activation {
        let pooled = pooler(tape, first, activation: .tanh)
        return classifier(tape, tape.dropout(pooled, probability: classifierDropout))
    }
}
