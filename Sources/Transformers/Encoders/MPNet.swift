import Checkpoints
internal import Kernels
internal import Tensors

#if canImport(Glibc)
    internal import Glibc
#endif

/// MPNet for sequence classification (Song et al. 2020): RoBERTa's design with a bias by relative position that all
/// layers share.
struct MPNet: EncoderUnits {
    static let modelTypes = ["mpnet"]

    let layout: ParameterLayout
    let maxPositions: Int
    let initializerRange: Double

    let layers: [EncoderLayer]
    let options: EncoderLayer.Options
    private let embeddings: EncoderEmbeddings
    /// [buckets, heads].
    private let relativeBias: Parameter
    private let head: DenseHead

    var wordEmbeddings: Parameter { embeddings.words }
    var typeCount: Int { .max }

    init(config: ModelConfig, labels: Int) throws {
        let sizes = try EncoderSizes(config)
        let buckets = try config.integer("relative_attention_num_buckets", in: 1...65_536, default: Self.buckets)
        guard buckets >= Self.buckets else {
            throw ModelError(
                .unsupportedPositions, file: config.file,
                detail: "relative_attention_num_buckets \(buckets) is not supported for mpnet; supported: "
                    + "\(Self.buckets) or more, of which \(Self.buckets) are used")
        }
        maxPositions = try config.positionsBehindPadding(Self.paddingID)
        initializerRange = try config.initializerRange()
        options = try config.encoderOptions(heads: sizes.heads)
        var layout = ParameterLayout()
        embeddings = try EncoderEmbeddings(declaring: &layout, config, width: sizes.layer.hidden, hasTypes: false)
        layers = (0..<sizes.count).map {
            EncoderLayer(
                declaring: &layout, prefix: "encoder.layer.\($0)", names: Self.layerNames, sizes.layer)
        }
        relativeBias = layout.add("encoder.relative_attention_bias.weight", [buckets, sizes.heads], .normal)
        head = DenseHead(
            declaring: &layout, hidden: sizes.layer.hidden, labels: labels, activation: .tanh,
            dropout: options.outputDropout)
        self.layout = layout
    }

    /// Of positions; transformers does not read it from the config.
    private static let paddingID = 1
    /// Buckets that transformers distinguishes, whatever the size of the table.
    private static let buckets = 32
    /// Distance from which on all fall into the last bucket.
    private static let maxDistance = 128

    private static let layerNames = EncoderLayer.Names(
        query: "attention.attn.q", key: "attention.attn.k", value: "attention.attn.v",
        attentionOutput: "attention.attn.o", attentionNorm: "attention.LayerNorm", intermediate: "intermediate.dense",
        output: "output.dense", outputNorm: "output.LayerNorm")

    func checkpointNames(of parameter: String) -> [String] {
        CheckpointNames.of(parameter, prefix: "mpnet.", isHead: isHead(parameter))
    }

    func ignores(checkpointName: String) -> Bool {
        checkpointName.hasPrefix("mpnet.pooler.") || checkpointName.hasPrefix("pooler.")
            || checkpointName.hasSuffix("embeddings.position_ids")
            || CheckpointNames.hasPrefix(checkpointName, in: CheckpointNames.pretraining)
    }

    func embed(_ tape: Tape, _ batch: PackedBatch) -> Activation {
        embeddings(tape, batch, batch.positions(behindPadding: Int32(Self.paddingID)))
    }

    func bias(_ tape: Tape, _ batch: PackedBatch) -> ((Int) -> EncoderLayer.Bias)? {
        let positions = RelativePositions { Self.bucket($0) }
        var shared: AttentionBias?
        return { _ in
            { tape, _, _, queries, keys in
                if queries == keys, let shared { return shared }
                let bias = tape.relativeBias(relativeBias, positions, querySequences: queries, keySequences: keys)
                if queries == keys { shared = bias }
                return bias
            }
        }
    }

    /// The bucket of a distance from query to key: half of them behind the query, half in front; near ones exactly.
    static func bucket(_ distance: Int) -> Int32 {
        let half = buckets / 2
        let exact = half / 2
        let side = distance > 0 ? half : 0
        let length = abs(distance)
        if length < exact { return Int32(side + length) }
        let share = logf(Float(length) / Float(exact)) / Float(log(Double(maxDistance) / Double(exact)))
        return Int32(side + min(half - 1, exact + Int(share * Float(half - exact))))
    }

    func classify(_ tape: Tape, _ first: Activation) -> Activation { head(tape, first) }
}
