internal import Kernels
internal import Tensors

/// A pre-norm transformer layer with rotary positions and a gated feed-forward, as Llama and ModernBERT have it.
struct GatedLayer: Sendable {
    /// nil where the embeddings are already normalised.
    let attentionNorm: Norm?
    /// Query, key and value joined.
    let projection: Linear
    /// Of each head, where there are any.
    let queryNorm: Norm?
    let keyNorm: Norm?
    let attentionOutput: Linear
    /// Of what the attention adds, where there is one.
    var attentionOutputNorm: Norm?
    let feedForwardNorm: Norm
    /// The activated half, then the other one: [2 · units, hidden].
    let gate: Linear
    let output: Linear
    /// Of what the units add, where there is one.
    var outputNorm: Norm?
    let attention: AttentionOptions
    let rotary: RotaryTable

    /// What the layers of one model share.
    struct Options: Sendable {
        /// Columns of one head.
        let headWidth: Int
        let activation: ActivationFunction
        /// Dropout of the attention's output, before its residual.
        var contextDropout = 0.0
        /// Dropout of the gated units.
        var unitDropout = 0.0
    }

    /// The layer's output: [rows, hidden], or [sequences, hidden] where only some rows are asked for.
    ///
    /// - Parameters:
    ///   - picked: the rows to compute; nil computes all.
    ///   - cache: the sequences that the rows continue, and this layer's index; not together with `picked`.
    func callAsFunction(
        _ tape: Tape, _ x: Activation, _ batch: PackedBatch, _ options: Options, picked: PickedRows? = nil,
        cache: (sequences: CachedSequences, layer: Int)? = nil
    ) -> Activation {
        let normed = attentionNorm.map { $0(tape, x) } ?? x
        let queryWidth = attention.heads * options.headWidth
        let sharedWidth = attention.keyValueHeads * options.headWidth

        let queries: Columns
        let joint: Activation
        let keyColumn: Int
        if let picked {
            let rows = projection.outputs(0..<queryWidth)(tape, tape.rows(normed, picked.rows))
            joint = projection.outputs(queryWidth..<queryWidth + 2 * sharedWidth)(tape, normed)
            (queries, keyColumn) = (Columns(rows, width: queryWidth), 0)
        } else {
            joint = projection(tape, normed)
            (queries, keyColumn) = (Columns(joint, width: queryWidth), queryWidth)
        }
        let q = place(tape, queries, queryNorm, positions: picked.map { $0.starts.map(Int32.init) } ?? batch.positions)
        let k = place(tape, Columns(joint, from: keyColumn, width: sharedWidth), keyNorm, positions: batch.positions)
        let v = Columns(joint, from: keyColumn + sharedWidth, width: sharedWidth)
        let context = tape.attention(queries: q, keys: k, values: v, batch, picked, cache, attention)

        var attended = tape.dropout(attentionOutput(tape, context), probability: options.contextDropout)
        if let attentionOutputNorm { attended = attentionOutputNorm(tape, attended) }
        let middle = tape.add(picked.map { tape.rows(x, $0.rows) } ?? x, attended)
        let units = tape.gated(gate(tape, feedForwardNorm(tape, middle)), options.activation)
        let fed = output(tape, tape.dropout(units, probability: options.unitDropout))
        return tape.add(middle, outputNorm.map { $0(tape, fed) } ?? fed)
    }

    /// Heads, normalised and turned by their positions.
    private func place(_ tape: Tape, _ columns: Columns, _ norm: Norm?, positions: [Int32]) -> Columns {
        let placed = norm.map { Columns($0(tape, columns), width: columns.width) } ?? columns
        tape.rotate(placed, by: rotary, positions: positions)
        return placed
    }
}

extension Tape {
    /// The attention of a decoder's layer: to the rows of the batch, or to all tokens of cached sequences.
    func attention(
        queries: Columns, keys: Columns, values: Columns, _ batch: PackedBatch, _ picked: PickedRows?,
        _ cache: (sequences: CachedSequences, layer: Int)?, _ options: AttentionOptions
    ) -> Activation {
        if let cache {
            return attention(
                queries: queries, keys: keys, values: values, packed: batch.sequences, cached: cache.sequences,
                layer: cache.layer, options: options)
        }
        return attention(
            queries: queries, keys: keys, values: values, querySequences: picked?.sequences ?? batch.sequences,
            keySequences: batch.sequences, starts: picked?.starts, options: options)
    }
}

/// One row of each sequence, the only one that a classifier reads of the last layer.
struct PickedRows {
    /// Row of the packed batch, by sequence.
    let rows: [Int]
    /// The same, counted from the start of its sequence.
    let starts: [Int]

    var sequences: PackedSequences { PackedSequences(single: rows.count) }
}

extension PackedBatch {
    /// The first token of each sequence.
    var firstTokens: PickedRows {
        PickedRows(rows: firstRows, starts: [Int](repeating: 0, count: sequences.count))
    }

    /// The last token of each sequence that is not padding; the first one where all are.
    ///
    /// - Parameter padding: the padding token's id; nil takes the last token whatever it is.
    func lastTokens(notPadding padding: Int32?) -> PickedRows {
        let rows = (0..<sequences.count).map { sequence in
            let rows = sequences.rows(sequence)
            return rows.last { padding == nil || ids[$0] != padding } ?? rows.lowerBound
        }
        return PickedRows(
            rows: rows, starts: rows.enumerated().map { $1 - sequences.rows($0).lowerBound })
    }
}
