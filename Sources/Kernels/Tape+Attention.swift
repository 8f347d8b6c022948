internal import CKernels
internal import Tensors

/// Sequences laid end to end: sequence s occupies rows `offsets[s]..<offsets[s + 1]`.
public struct PackedSequences: Sendable {
    public let offsets: [Int]

    /// - Parameter offsets: 0, then the end of each sequence; never falling.
    public init(offsets: [Int]) { self.offsets = offsets }

    /// One row a sequence: what a pooled batch looks like.
    public init(single count: Int) { offsets = Array(0...count) }

    /// Number of sequences.
    public var count: Int { offsets.count - 1 }

    /// Rows of one sequence.
    public func rows(_ sequence: Int) -> Range<Int> { offsets[sequence]..<offsets[sequence + 1] }
}

extension Tape {
    /// Multi-head softmax attention within each sequence: [query rows, heads · head width].
    ///
    /// No padding: each sequence attends to its own rows alone. Scores are scaled by 1/√(head width).
    /// - Parameters:
    ///   - queries: [query rows, heads · head width], packed as `querySequences`.
    ///   - keys: [key rows, heads · head width], packed as `keySequences`.
    ///   - values: like the keys.
    ///   - heads: divides the width.
    ///   - dropout: probability of dropping an attention weight, in training.
    public func attention(
        queries: Columns, keys: Columns, values: Columns, querySequences: PackedSequences,
        keySequences: PackedSequences, heads: Int, dropout: Double
    ) -> Activation {
        let output = make(rows: queries.activation.rows, columns: queries.width)
        var probabilityOffsets = [0]
        for s in 0..<querySequences.count {
            let keys = assay_attention_padded(keySequences.rows(s).count)
            probabilityOffsets.append(probabilityOffsets[s] + heads * querySequences.rows(s).count * keys)
        }
        let total = probabilityOffsets[querySequences.count]
        let step = AttentionBackward(
            queries: queries, keys: keys, values: values, querySequences: querySequences, keySequences: keySequences,
            heads: heads, mask: nextMask(total + 64 * heads * querySequences.count, probability: dropout),
            probabilities: make(rows: 1, columns: total), probabilityOffsets: probabilityOffsets, output: output)
        step.forEachHead { head in
            loops.attention_forward(
                head.shape, head.at(queries, head.query), head.at(keys, head.key), head.at(values, head.key),
                step.probabilities.value.pointer + head.probabilities,
                output.value.pointer + head.query * output.columns + head.column, output.columns,
                context.scratch(
                    assay_attention_scratch(head.shape.queries, head.shape.keys, head.shape.width)))
        }
        record(step)
        return output
    }
}

private struct AttentionBackward: BackwardStep {
    let queries: Columns
    let keys: Columns
    let values: Columns
    let querySequences: PackedSequences
    let keySequences: PackedSequences
    let heads: Int
    let mask: DropoutMask?
    /// Softmax weights before dropout: per sequence and head, [queries, padded keys].
    let probabilities: Activation
    let probabilityOffsets: [Int]
    let output: Activation

    struct Head {
        var shape: assay_attention_shape
        /// First query and key row of the sequence.
        var query: Int
        var key: Int
        /// First column of the head.
        var column: Int
        /// First float of the head's probabilities.
        var probabilities: Int

        func at(_ columns: Columns, _ row: Int) -> UnsafeMutablePointer<Float> {
            columns.activation.value.pointer + row * columns.activation.columns + columns.first + column
        }
    }

    func forEachHead(_ body: (Head) -> Void) {
        let width = queries.width / heads
        for s in 0..<querySequences.count {
            let queryRows = querySequences.rows(s)
            let keyRows = keySequences.rows(s)
            let size = queryRows.count * assay_attention_padded(keyRows.count)
            for h in 0..<heads {
                let probabilities = probabilityOffsets[s] + h * size
                let shape = assay_attention_shape(
                    queries: queryRows.count, keys: keyRows.count, width: width,
                    q_stride: queries.activation.columns, k_stride: keys.activation.columns,
                    v_stride: values.activation.columns, scale: 1 / Float(width).squareRoot(),
                    dropout_threshold: mask?.threshold ?? 0, dropout_scale: mask?.scale ?? 1,
                    dropout_key: mask?.key ?? 0,
                    dropout_block: (mask?.firstBlock ?? 0) + UInt64((probabilities / 64 + s * heads + h) * 16))
                body(
                    Head(
                        shape: shape, query: queryRows.lowerBound, key: keyRows.lowerBound, column: h * width,
                        probabilities: probabilities))
            }
        }
    }

    func run(_ tape: Tape) {
        guard let upstream = output.gradient else { return }
        let dQueries = queries.activation.gradientForAdding() + queries.first
        let dKeys = keys.activation.gradientForAdding() + keys.first
        let dValues = values.activation.gradientForAdding() + values.first
        forEachHead { head in
            tape.loops.attention_backward(
                head.shape, head.at(queries, head.query), head.at(keys, head.key), head.at(values, head.key),
                probabilities.value.pointer + head.probabilities,
                upstream.pointer + head.query * output.columns + head.column, output.columns,
                dQueries + head.query * queries.activation.columns + head.column,
                dKeys + head.key * keys.activation.columns + head.column,
                dValues + head.key * values.activation.columns + head.column,
                tape.context.scratch(
                    assay_attention_scratch(head.shape.queries, head.shape.keys, head.shape.width)))
        }
    }
}
