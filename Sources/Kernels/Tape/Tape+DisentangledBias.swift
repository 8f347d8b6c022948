internal import CKernels
internal import Tensors

/// One content of each head against a table of relative positions (He et al. 2021, DeBERTa).
public struct RelativeScores {
    /// Queries or keys: [rows, heads · head width].
    let content: Columns
    /// [distances, heads · head width].
    let table: Columns
    let isByKey: Bool

    /// - Parameters:
    ///   - queries: content that looks at the position of each key.
    ///   - table: a projection of the relative positions.
    public init(queries: Columns, table: Columns) { (content, self.table, isByKey) = (queries, table, false) }

    /// - Parameters:
    ///   - keys: content that the position of each query looks at.
    ///   - table: a projection of the relative positions.
    public init(keys: Columns, table: Columns) { (content, self.table, isByKey) = (keys, table, true) }
}

extension Tape {
    /// The sum of products of content with relative positions, scaled: what disentangled attention adds to its scores.
    ///
    /// - Parameter positions: rows of the tables; each sequence's queries begin with its keys.
    public func disentangledBias(
        _ terms: [RelativeScores], _ positions: RelativePositions, heads: Int, scale: Float,
        querySequences: PackedSequences, keySequences: PackedSequences
    ) -> AttentionBias {
        let layout = ScoreLayout(queries: querySequences, keys: keySequences, heads: heads)
        let output = make(rows: 1, columns: layout.count)
        output.value.pointer.update(repeating: 0, count: layout.count)
        for term in terms {
            let step = DisentangledBackward(
                term: term, positions: positions, heads: heads, scale: scale, layout: layout, output: output)
            step.forEachHead { head in
                loops.relative_forward(
                    head.shape, term.content.activation.value.pointer + head.content,
                    term.table.activation.value.pointer + head.table, head.index, output.value.pointer + head.scores,
                    context.scratch(assay_relative_scratch(head.shape)))
            }
            record(step)
        }
        return AttentionBias(scores: output, layout: layout)
    }
}

private struct DisentangledBackward: BackwardStep {
    let term: RelativeScores
    let positions: RelativePositions
    let heads: Int
    let scale: Float
    let layout: ScoreLayout
    let output: Activation

    struct Head {
        var shape: assay_relative_shape
        var index: [Int32]
        /// First float of the head's content, table and scores.
        var content: Int
        var table: Int
        var scores: Int
    }

    func forEachHead(_ body: (Head) -> Void) {
        let width = term.content.width / heads
        var index: (sequence: Int, rows: [Int32]) = (-1, [])
        layout.forEach { place in
            if index.sequence != place.sequence {
                index = (place.sequence, positions.rows(queries: place.queries.count, keys: place.keys.count))
            }
            let content = term.content.activation
            let table = term.table.activation
            let rows = term.isByKey ? place.keys : place.queries
            body(
                Head(
                    shape: assay_relative_shape(
                        queries: place.queries.count, keys: place.keys.count, width: width, entries: table.rows,
                        x_stride: content.columns, table_stride: table.columns, by_key: term.isByKey ? 1 : 0,
                        scale: scale),
                    index: index.rows,
                    content: rows.lowerBound * content.columns + term.content.first + place.head * width,
                    table: term.table.first + place.head * width, scores: place.first))
        }
    }

    func run(_ tape: Tape) {
        guard let upstream = output.gradient else { return }
        let content = term.content.activation
        let table = term.table.activation
        let dContent = content.gradientForAdding()
        let dTable = table.gradientForAdding()
        forEachHead { head in
            tape.loops.relative_backward(
                head.shape, content.value.pointer + head.content, table.value.pointer + head.table, head.index,
                upstream.pointer + head.scores, dContent + head.content, dTable + head.table,
                tape.context.scratch(assay_relative_scratch(head.shape)))
        }
    }
}
