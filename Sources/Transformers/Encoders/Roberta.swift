import Checkpoints
internal import Kernels
internal import Tensors

/// RoBERTa and XLM-RoBERTa for sequence classification (Liu et al. 2019, Conneau et al. 2020): BERT whose positions
/// begin behind the padding token's id, with a head of two layers.
struct Roberta: EncoderUnits {
    static let modelTypes = ["roberta", "xlm-roberta"]

    let layout: ParameterLayout
    let maxPositions: Int
    let initializerRange: Double

    let layers: [EncoderLayer]
    let options: EncoderLayer.Options
    private let embeddings: EncoderEmbeddings
    private let head: DenseHead
    private let paddingID: Int

    var wordEmbeddings: Parameter { embeddings.words }
    var typeCount: Int { embeddings.typeCount }

    init(config: ModelConfig, labels: Int) throws {
        let sizes = try EncoderSizes(config)
        paddingID = try config.integer("pad_token_id", in: 0...1_000_000, default: 1)
        maxPositions = try config.positionsBehindPadding(paddingID)
        initializerRange = try config.initializerRange()
        options = try config.encoderOptions(heads: sizes.heads)
        var layout = ParameterLayout()
        embeddings = try EncoderEmbeddings(declaring: &layout, config, width: sizes.layer.hidden)
        layers = (0..<sizes.count).map {
            EncoderLayer(declaring: &layout, prefix: "encoder.layer.\($0)", sizes.layer)
        }
        head = DenseHead(
            declaring: &layout, hidden: sizes.layer.hidden, labels: labels, activation: .tanh,
            dropout: try config.dropout("classifier_dropout", default: options.outputDropout))
        self.layout = layout
    }

    func checkpointNames(of parameter: String) -> [String] {
        CheckpointNames.of(parameter, prefix: "roberta.", isHead: isHead(parameter))
    }

    func ignores(checkpointName: String) -> Bool {
        // The pooler is trained with the language model and not used by the classifier.
        checkpointName.hasPrefix("roberta.pooler.") || checkpointName.hasPrefix("pooler.")
            || checkpointName.hasSuffix("embeddings.position_ids")
            || CheckpointNames.hasPrefix(checkpointName, in: CheckpointNames.pretraining)
    }

    func embed(_ tape: Tape, _ batch: PackedBatch) -> Activation {
        embeddings(tape, batch, batch.positions(behindPadding: Int32(paddingID)))
    }

    func classify(_ tape: Tape, _ first: Activation) -> Activation { head(tape, first) }
}

extension ModelConfig {
    /// Positions that are left where they begin behind the padding token's id.
    func positionsBehindPadding(_ paddingID: Int) throws -> Int {
        let rows = try integer("max_position_embeddings", in: 1...1_048_576)
        guard rows > paddingID + 1 else {
            throw ModelError(
                .unsupportedPositions, file: file,
                detail: "max_position_embeddings \(rows) leaves no position behind padding id \(paddingID)")
        }
        return rows - paddingID - 1
    }
}

extension PackedBatch {
    /// Positions that count from the padding token's id + 1 and pass over padding tokens, which stay at that id.
    func positions(behindPadding id: Int32) -> [Int32] {
        var result: [Int32] = []
        result.reserveCapacity(ids.count)
        for sequence in 0..<sequences.count {
            var next = id
            for row in sequences.rows(sequence) {
                if ids[row] != id { next += 1 }
                result.append(ids[row] == id ? id : next)
            }
        }
        return result
    }
}
