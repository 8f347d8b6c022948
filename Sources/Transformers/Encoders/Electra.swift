import Checkpoints
internal import Kernels
internal import Tensors

/// ELECTRA's discriminator for sequence classification (Clark et al. 2020): BERT with narrower embeddings.
struct Electra: EncoderUnits {
    static let modelTypes = ["electra"]

    let layout: ParameterLayout
    let maxPositions: Int
    let initializerRange: Double

    let layers: [EncoderLayer]
    let options: EncoderLayer.Options
    private let embeddings: EncoderEmbeddings
    /// nil where the embeddings are as wide as the layers.
    private let projection: Linear?
    private let head: DenseHead

    var wordEmbeddings: Parameter { embeddings.words }
    var typeCount: Int { embeddings.typeCount }

    init(config: ModelConfig, labels: Int) throws {
        let sizes = try EncoderSizes(config)
        let width = try config.integer("embedding_size", in: 1...65_536, default: 128)
        maxPositions = try config.integer("max_position_embeddings", in: 1...1_048_576)
        initializerRange = try config.initializerRange()
        options = try config.encoderOptions(heads: sizes.heads)
        var layout = ParameterLayout()
        embeddings = try EncoderEmbeddings(declaring: &layout, config, width: width)
        projection =
            width == sizes.layer.hidden
            ? nil : Linear(declaring: &layout, "embeddings_project", from: width, to: sizes.layer.hidden)
        layers = (0..<sizes.count).map {
            EncoderLayer(declaring: &layout, prefix: "encoder.layer.\($0)", sizes.layer)
        }
        head = DenseHead(
            declaring: &layout, hidden: sizes.layer.hidden, labels: labels, activation: .gelu,
            dropout: try config.dropout("classifier_dropout", default: options.outputDropout))
        self.layout = layout
    }

    func checkpointNames(of parameter: String) -> [String] {
        CheckpointNames.of(parameter, prefix: "electra.", isHead: isHead(parameter))
    }

    func embed(_ tape: Tape, _ batch: PackedBatch) -> Activation {
        let x = embeddings(tape, batch, batch.positions)
        return projection.map { $0(tape, x) } ?? x
    }

    func classify(_ tape: Tape, _ first: Activation) -> Activation { head(tape, first) }
}
