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
    let feedForwardNorm: Norm
    /// The activated half, then the other one: [2 · units, hidden].
    let gate: Linear
    let output: Linear
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
    ///   - cache: keys and values of earlier tokens, and this layer's index there; for one sequence.
    func callAsFunction(
        _ tape: Tape, _ x: Activation, _ batch: PackedBatch, _ options: Options, picked: PickedRows? = nil,
        cache: (held: KeyValueCache, layer: Int)? = nil
    ) -> Activation {
        let normed = attentionNorm.map { $0(tape, x) } ?? x
        let queryWidth = attention.heads * options.headWidth
        let sharedWidth = attention.keyValueHeads * options.headWidth
        let first = cache?.held.length ?? 0
        let positions = batch.positions.map { $0 + Int32(first) }

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
        let q = place(tape, queries, queryNorm, positions: picked.map { $0.starts.map(Int32.init) } ?? positions)
        var k = place(tape, Columns(joint, from: keyColumn, width: sharedWidth), keyNorm, positions: positions)
        var v = Columns(joint, from: keyColumn + sharedWidth, width: sharedWidth)
        var sequences = batch.sequences
        if let cache { (k, v, sequences) = cache.held.extend(cache.layer, keys: k, values: v) }
        let context = tape.attention(
            queries: q, keys: k, values: v, querySequences: picked?.sequences ?? batch.sequences,
            keySequences: sequences, starts: picked?.starts ?? (first > 0 ? [first] : nil), options: attention)

        let attended = tape.dropout(attentionOutput(tape, context), probability: options.contextDropout)
        let middle = tape.add(picked.map { tape.rows(x, $0.rows) } ?? x, attended)
        let units = tape.gated(gate(tape, feedForwardNorm(tape, middle)), options.activation)
        return tape.add(middle, output(tape, tape.dropout(units, probability: options.unitDropout)))
    }

    /// Heads, normalised and turned by their positions.
    private func place(_ tape: Tape, _ columns: Columns, _ norm: Norm?, positions: [Int32]) -> Columns {
        let placed = norm.map { Columns($0(tape, columns), width: columns.width) } ?? columns
        tape.rotate(placed, by: rotary, positions: positions)
        return placed
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
