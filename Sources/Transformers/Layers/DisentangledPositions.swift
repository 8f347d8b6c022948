import Checkpoints
internal import Kernels
import StrictJSON
internal import Tensors

#if canImport(Glibc)
    internal import Glibc
#endif

/// The relative positions of DeBERTa's attention: their embeddings, projections and buckets.
struct DisentangledPositions: Sendable {
    /// Which of content and position look at each other.
    struct Terms: Sendable {
        /// Content looks at position, position at content.
        let contentToPosition: Bool
        let positionToContent: Bool

        var count: Int { (contentToPosition ? 1 : 0) + (positionToContent ? 1 : 0) }
    }

    /// [2 · span, hidden].
    private let embeddings: Parameter
    private let norm: Norm?
    /// Of each layer, for keys and queries; nil where the layer's own projections are used.
    private let keys: [Linear]?
    private let queries: [Linear]?
    private let terms: Terms
    private let heads: Int
    private let scale: Float
    private let dropout: Double
    private let span: Int
    private let buckets: RelativeBuckets

    /// Declares the parameters behind those of the layers.
    init(
        declaring layout: inout ParameterLayout, _ config: ModelConfig, _ terms: Terms, _ sizes: EncoderSizes,
        scale: Float, dropout: Double
    ) throws {
        let hidden = sizes.layer.hidden
        let positions = try config.integer("max_position_embeddings", in: 2...1_048_576, default: 512)
        let stated = try config.integer("max_relative_positions", in: -1...1_048_576, default: -1)
        let farthest = stated < 1 ? positions : stated
        let bucketCount = try config.integer("position_buckets", in: -1...1_048_576, default: -1)
        guard bucketCount < 1 || (bucketCount >= 4 && farthest > bucketCount / 2 + 1) else {
            throw ModelError(
                .unsupportedPositions, file: config.file,
                detail: "position_buckets \(bucketCount) is not supported with \(farthest) relative positions; "
                    + "supported: -1, or from 4 to less than twice the positions")
        }
        span = bucketCount > 0 ? bucketCount : farthest
        buckets = RelativeBuckets(count: bucketCount, farthest: farthest)
        self.terms = terms
        heads = sizes.heads
        self.scale = scale
        self.dropout = dropout
        embeddings = layout.add("encoder.rel_embeddings.weight", [2 * span, hidden], .normal)
        norm =
            try config.normalizesRelativePositions()
            ? Norm(declaring: &layout, "encoder.LayerNorm", width: hidden, epsilon: sizes.layer.epsilon) : nil
        let isShared = try config.bool("share_att_key", default: false)
        func projections(_ name: String, _ isUsed: Bool) -> [Linear]? {
            guard isUsed, !isShared else { return nil }
            return (0..<sizes.count).map {
                Linear(
                    declaring: &layout, "encoder.layer.\($0).attention.self.\(name)", from: hidden, to: hidden)
            }
        }
        keys = projections("pos_key_proj", terms.contentToPosition)
        queries = projections("pos_query_proj", terms.positionToContent)
    }

    /// The normalised embeddings that a batch needs, and which of them belongs to each distance.
    typealias Positions = (embeddings: Activation, rows: RelativePositions)

    /// - Parameter longest: tokens of the longest sequence.
    func positions(_ tape: Tape, longest: Int) -> Positions {
        let (span, buckets, longest) = (span, buckets, max(1, longest))
        @Sendable func row(_ distance: Int) -> Int { min(max(buckets[-distance] + span, 0), 2 * span - 1) }
        let first = row(longest - 1)
        let ids = (first...row(1 - longest)).map { Int32($0) }
        let looked = tape.embedding([(embeddings, ids)])
        return (norm.map { $0(tape, looked) } ?? looked, RelativePositions { Int32(row($0) - first) })
    }

    /// What one layer adds to its scores.
    func bias(
        _ tape: Tape, _ positions: Positions, layer: Int, projection: Linear, queries: Columns, keys: Columns,
        querySequences: PackedSequences, keySequences: PackedSequences
    ) -> AttentionBias {
        let hidden = embeddings.columns
        // What watches the products wants rows of texts.
        let observer = tape.onProduct
        tape.onProduct = nil
        defer { tape.onProduct = observer }
        let dropped = tape.dropout(positions.embeddings, probability: dropout)
        var scores: [RelativeScores] = []
        if terms.contentToPosition {
            let map = self.keys?[layer] ?? projection.outputs(hidden..<2 * hidden)
            scores.append(RelativeScores(queries: queries, table: Columns(map(tape, dropped), width: hidden)))
        }
        if terms.positionToContent {
            let map = self.queries?[layer] ?? projection.outputs(0..<hidden)
            scores.append(RelativeScores(keys: keys, table: Columns(map(tape, dropped), width: hidden)))
        }
        return tape.disentangledBias(
            scores, positions.rows, heads: heads, scale: scale, querySequences: querySequences,
            keySequences: keySequences)
    }
}

/// Distances in buckets: near ones exactly, farther ones by their logarithm.
struct RelativeBuckets: Sendable {
    /// 0 or less: every distance has its own.
    let count: Int
    let farthest: Int

    /// The bucket of a distance, with its sign; computed in Float, as the reference does.
    subscript(distance: Int) -> Int {
        let middle = count / 2
        let length = abs(distance)
        guard count > 0, length > middle else { return distance }
        let share = logf(Float(length) / Float(middle)) / logf(Float(Double(farthest - 1) / Double(middle)))
        let bucket = Int((share * Float(middle - 1)).rounded(.up)) + middle
        return distance < 0 ? -bucket : bucket
    }
}

extension DisentangledPositions.Terms {
    /// Reads `pos_att_type`: a list, or names joined by "|".
    init(_ config: ModelConfig) throws {
        let entry = config.json["pos_att_type"]
        let names =
            entry?.arrayValue?.compactMap(\.stringValue)
            ?? entry?.stringValue.map { $0.lowercased().split(separator: "|").map { $0.trimmed() } } ?? []
        if let other = names.first(where: { !["c2p", "p2c"].contains($0) }) {
            throw ModelError(
                .unsupportedPositions, file: config.file,
                detail: "pos_att_type \"\(other)\" is not supported for deberta-v2; supported: c2p, p2c")
        }
        self.init(contentToPosition: names.contains("c2p"), positionToContent: names.contains("p2c"))
    }
}

extension ModelConfig {
    /// Whether `norm_rel_ebd` asks for a norm of the relative embeddings.
    func normalizesRelativePositions() throws -> Bool {
        let names = try string("norm_rel_ebd", default: "none").lowercased().split(separator: "|").map { $0.trimmed() }
        if let other = names.first(where: { !["none", "layer_norm"].contains($0) }) {
            throw ModelError(
                .unsupportedOption, file: file,
                detail: "norm_rel_ebd \"\(other)\" is not supported for deberta-v2; supported: none, layer_norm")
        }
        return names.contains("layer_norm")
    }
}

extension Substring {
    /// Without the spaces at both ends.
    fileprivate func trimmed() -> String {
        var part = self
        while part.first == " " { part.removeFirst() }
        while part.last == " " { part.removeLast() }
        return String(part)
    }
}
