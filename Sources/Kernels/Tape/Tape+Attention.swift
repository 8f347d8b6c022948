internal import CKernels
internal import Tensors

/// Sequences laid end to end: sequence s occupies rows `offsets[s]..<offsets[s + 1]`.
public struct PackedSequences: Sendable, Equatable {
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

/// The keys that a query sees, by their distance from it.
public struct AttentionSpan: Sendable, Equatable {
    /// Keys in front of the query, and behind it.
    let before: Int
    let after: Int

    /// Every key of the sequence.
    public static let all = AttentionSpan(before: .max, after: .max)
    /// The query's own position and those in front of it.
    public static let causal = AttentionSpan(before: .max, after: 0)

    /// The query's own position and the last ones in front of it, `window` together.
    public static func causal(window: Int) -> AttentionSpan { AttentionSpan(before: max(0, window - 1), after: 0) }

    /// So many positions on either side, and the query's own.
    public static func local(_ distance: Int) -> AttentionSpan { AttentionSpan(before: distance, after: distance) }
}

/// What an attention is beside its operands.
public struct AttentionOptions: Sendable {
    /// Query heads.
    public var heads: Int
    /// Key and value heads, each shared by as many query heads as are neighbours; divides `heads`.
    public var keyValueHeads: Int
    /// Of the scores; nil is 1/√(head width).
    public var scale: Float?
    /// Probability of dropping an attention weight, in training.
    public var dropout: Double
    public var span = AttentionSpan.all

    public init(
        heads: Int, keyValueHeads: Int? = nil, scale: Float? = nil, dropout: Double, span: AttentionSpan = .all
    ) {
        self.heads = heads
        self.keyValueHeads = keyValueHeads ?? heads
        self.scale = scale
        self.dropout = dropout
        self.span = span
    }
}

extension Tape {
    /// Multi-head softmax attention within each sequence: [query rows, heads · head width].
    ///
    /// No padding: each sequence attends to its own rows alone.
    /// - Parameters:
    ///   - queries: [query rows, heads · head width], packed as `querySequences`.
    ///   - keys: [key rows, key heads · head width], packed as `keySequences`.
    ///   - values: like the keys.
    ///   - starts: position of each sequence's first query among its keys; nil is 0.
    ///   - bias: added to the scores.
    public func attention(
        queries: Columns, keys: Columns, values: Columns, querySequences: PackedSequences,
        keySequences: PackedSequences, starts: [Int]? = nil, options: AttentionOptions, bias: AttentionBias? = nil
    ) -> Activation {
        let output = make(rows: queries.activation.rows, columns: queries.width)
        let layout = ScoreLayout(queries: querySequences, keys: keySequences, heads: options.heads)
        precondition(bias.map { $0.layout == layout } ?? true, "a bias of other sequences")
        let step = AttentionBackward(
            queries: queries, keys: keys, values: values, options: options, starts: starts, bias: bias,
            mask: nextMask(
                layout.count + 64 * options.heads * querySequences.count, probability: options.dropout),
            probabilities: make(rows: 1, columns: layout.count), layout: layout, output: output)
        step.forEachHead { head in
            loops.attention_forward(
                head.shape, head.query(queries), head.key(keys), head.key(values),
                bias.map { UnsafePointer($0.scores.value.pointer + head.scores) },
                step.probabilities.value.pointer + head.scores,
                output.value.pointer + head.queryRow * output.columns + head.queryColumn, output.columns,
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
    let options: AttentionOptions
    let starts: [Int]?
    let bias: AttentionBias?
    let mask: DropoutMask?
    /// Softmax weights before dropout.
    let probabilities: Activation
    let layout: ScoreLayout
    let output: Activation

    struct Head {
        var shape: assay_attention_shape
        /// First row of the sequence, and first column of the head.
        var queryRow: Int
        var queryColumn: Int
        var keyRow: Int
        var keyColumn: Int
        /// First float of the head's scores.
        var scores: Int

        func query(_ columns: Columns) -> UnsafeMutablePointer<Float> {
            columns.activation.value.pointer + place(columns, queryRow, queryColumn)
        }

        func key(_ columns: Columns) -> UnsafeMutablePointer<Float> {
            columns.activation.value.pointer + place(columns, keyRow, keyColumn)
        }

        func place(_ columns: Columns, _ row: Int, _ column: Int) -> Int {
            row * columns.activation.columns + columns.first + column
        }
    }

    func forEachHead(_ body: (Head) -> Void) {
        let width = queries.width / options.heads
        let shared = options.heads / options.keyValueHeads
        layout.forEach { place in
            let shape = assay_attention_shape(
                queries: place.queries.count, keys: place.keys.count, width: width,
                q_stride: queries.activation.columns, k_stride: keys.activation.columns,
                v_stride: values.activation.columns, start: starts?[place.sequence] ?? 0,
                before: options.span.before, after: options.span.after,
                scale: options.scale ?? 1 / Float(width).squareRoot(), dropout_threshold: mask?.threshold ?? 0,
                dropout_scale: mask?.scale ?? 1, dropout_key: mask?.key ?? 0,
                dropout_block: (mask?.firstBlock ?? 0) + UInt64((place.first / 64 + place.index) * 16))
            body(
                Head(
                    shape: shape, queryRow: place.queries.lowerBound, queryColumn: place.head * width,
                    keyRow: place.keys.lowerBound, keyColumn: place.head / shared * width, scores: place.first))
        }
    }

    func run(_ tape: Tape) {
        guard let upstream = output.gradient else { return }
        let dQueries = queries.activation.gradientForAdding()
        let dKeys = keys.activation.gradientForAdding()
        let dValues = values.activation.gradientForAdding()
        let dBias = bias?.scores.gradientForAdding()
        forEachHead { head in
            tape.loops.attention_backward(
                head.shape, head.query(queries), head.key(keys), head.key(values),
                probabilities.value.pointer + head.scores,
                upstream.pointer + head.queryRow * output.columns + head.queryColumn, output.columns,
                dQueries + head.place(queries, head.queryRow, head.queryColumn),
                dKeys + head.place(keys, head.keyRow, head.keyColumn),
                dValues + head.place(values, head.keyRow, head.keyColumn), dBias.map { $0 + head.scores },
                tape.context.scratch(
                    assay_attention_scratch(head.shape.queries, head.shape.keys, head.shape.width)))
        }
    }
}
