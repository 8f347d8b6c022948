internal import CKernels
internal import Tensors

extension Tape {
    /// Causal attention of new rows to all tokens that their sequences have: [new rows, heads · head width].
    ///
    /// Puts the new keys and values into the cache first. For inference only: it is not recorded and drops nothing.
    /// ``attention(queries:keys:values:querySequences:keySequences:starts:options:bias:)`` over whole sequences is its
    /// plain reference.
    /// - Parameters:
    ///   - queries: [new rows, heads · head width].
    ///   - keys: [new rows, key heads · head width], like the values.
    ///   - packed: rows of each sequence among the new ones.
    ///   - sequences: those of the cache that the rows belong to.
    ///   - layer: index of the layer.
    ///   - options: whose span looks at nothing behind a query.
    public func attention(
        queries: Columns, keys: Columns, values: Columns, packed: PackedSequences, cached sequences: CachedSequences,
        layer: Int, options: AttentionOptions
    ) -> Activation {
        precondition(gradients == nil, "attention to a cache has no way back")
        precondition(options.span.after == 0, "a cache holds what is in front of a token")
        let cache = sequences.cache
        cache.extend(sequences.members, packed, layer, keys: keys, values: values)
        let output = make(rows: queries.activation.rows, columns: queries.width)
        for (place, member) in sequences.members.enumerated() where !packed.rows(place).isEmpty {
            let rows = packed.rows(place)
            let start = cache.length(member)
            let first = start > options.span.before ? start - options.span.before : 0
            let call = CachedAttention(
                queries: queries, rows: rows, keys: start + rows.count - first, keyStride: keys.width,
                start: start - first, options: options, output: output)
            cache.withRows(member, first..<start + rows.count, layer, context) { keys, values in
                call.run(context, keys, values)
            }
        }
        return output
    }
}

/// The attention of one sequence's new rows.
private struct CachedAttention {
    let queries: Columns
    let rows: Range<Int>
    /// Tokens that at least one of the rows sees.
    let keys: Int
    let keyStride: Int
    /// Place of the first row among those tokens.
    let start: Int
    let options: AttentionOptions
    let output: Activation

    func run(_ context: ComputeContext, _ keys: UnsafePointer<Float>, _ values: UnsafePointer<Float>) {
        let width = queries.width / options.heads
        let group = options.heads / options.keyValueHeads
        // The query heads that share keys are the rows of one call where each has a single row, which sees all.
        let joint = rows.count == 1
        let calls = joint ? options.keyValueHeads : options.heads
        let shape = assay_attention_shape(
            queries: joint ? group : rows.count, keys: self.keys, width: width,
            q_stride: joint ? width : queries.activation.columns, k_stride: keyStride, v_stride: keyStride,
            start: start, before: joint ? .max : options.span.before, after: joint ? .max : options.span.after,
            scale: options.scale ?? 1 / Float(width).squareRoot(), dropout_threshold: 0, dropout_scale: 1,
            dropout_key: 0, dropout_block: 0)
        let probabilities = context.take(shape.queries * assay_attention_padded(self.keys))
        let scratch = context.scratch(assay_attention_scratch(shape.queries, shape.keys, width))
        for call in 0..<calls {
            let column = call * (joint ? group : 1) * width
            let shared = (joint ? call : call / group) * width
            context.loops.pointee.attention_forward(
                shape,
                queries.activation.value.pointer + rows.lowerBound * queries.activation.columns + queries.first
                    + column,
                keys + shared, values + shared, nil, probabilities.pointer,
                output.value.pointer + rows.lowerBound * output.columns + column, joint ? width : output.columns,
                scratch)
        }
        context.recycle(probabilities)
    }
}
