internal import Kernels
internal import Tensors

/// A post-norm transformer layer as BERT has it: attention, then a two-layer feed-forward, each with a residual.
struct EncoderLayer: Sendable {
    /// Query, key and value joined: [3 · hidden, hidden] and [3 · hidden].
    let projection: Linear
    let attentionOutput: Linear
    let attentionNorm: Norm
    let intermediate: Linear
    let output: Linear
    let outputNorm: Norm

    /// What the layers of one model share.
    struct Options: Sendable {
        let attention: AttentionOptions
        let activation: ActivationFunction
        /// Dropout of the attention's output, before its residual.
        let contextDropout: Double
        /// Dropout of the feed-forward's output, before its residual.
        let outputDropout: Double
    }

    /// What is added to a layer's attention scores, given its queries and keys and how both are packed.
    typealias Bias = (Tape, Columns, Columns, PackedSequences, PackedSequences) -> AttentionBias

    /// The layer's output and the activations of its feed-forward units for every row: [rows, hidden], [rows, units].
    func everyRow(
        _ tape: Tape, _ x: Activation, _ sequences: PackedSequences, _ options: Options, bias: Bias?
    ) -> (output: Activation, units: Activation) {
        let hidden = x.columns
        let joint = projection(tape, x)
        let queries = Columns(joint, from: 0, width: hidden)
        let keys = Columns(joint, from: hidden, width: hidden)
        let context = tape.attention(
            queries: queries, keys: keys, values: Columns(joint, from: 2 * hidden, width: hidden),
            querySequences: sequences, keySequences: sequences, options: options.attention,
            bias: bias?(tape, queries, keys, sequences, sequences))
        return feedForward(tape, context, residual: x, options)
    }

    /// The layer's output for the first row of each sequence alone: [sequences, hidden].
    ///
    /// In the last layer a classifier reads no other row, so nothing else is computed: only keys and values need all.
    func firstRows(
        _ tape: Tape, _ x: Activation, _ sequences: PackedSequences, _ options: Options, bias: Bias?
    ) -> Activation {
        let hidden = x.columns
        let first = tape.rows(x, Array(sequences.offsets.dropLast()))
        let single = PackedSequences(single: sequences.count)
        let queries = Columns(projection.outputs(0..<hidden)(tape, first), width: hidden)
        let joint = projection.outputs(hidden..<3 * hidden)(tape, x)
        let keys = Columns(joint, from: 0, width: hidden)
        let context = tape.attention(
            queries: queries, keys: keys, values: Columns(joint, from: hidden, width: hidden), querySequences: single,
            keySequences: sequences, options: options.attention,
            bias: bias?(tape, queries, keys, single, sequences))
        return feedForward(tape, context, residual: first, options).output
    }

    private func feedForward(
        _ tape: Tape, _ context: Activation, residual: Activation, _ options: Options
    ) -> (output: Activation, units: Activation) {
        let attended = attentionOutput(tape, context)
        let middle = tape.layerNorm(
            attended, dropout: options.contextDropout, residual: residual, weight: attentionNorm.weight,
            bias: attentionNorm.bias, epsilon: attentionNorm.epsilon)
        let wide = intermediate(tape, middle, activation: options.activation)
        let narrow = output(tape, wide)
        let normed = tape.layerNorm(
            narrow, dropout: options.outputDropout, residual: middle, weight: outputNorm.weight,
            bias: outputNorm.bias, epsilon: outputNorm.epsilon)
        return (normed, wide)
    }
}

extension EncoderLayer {
    /// What a family calls the parts of a layer.
    struct Names {
        let query: String, key: String, value: String
        let attentionOutput: String, attentionNorm: String
        let intermediate: String
        let output: String, outputNorm: String

        static let bert = Names(
            query: "attention.self.query", key: "attention.self.key", value: "attention.self.value",
            attentionOutput: "attention.output.dense", attentionNorm: "attention.output.LayerNorm",
            intermediate: "intermediate.dense", output: "output.dense", outputNorm: "output.LayerNorm")
    }

    /// Sizes of a layer.
    struct Sizes {
        let hidden: Int
        let intermediate: Int
        let epsilon: Float
    }

    /// Declares one layer's parameters, their names below `prefix`.
    init(declaring layout: inout ParameterLayout, prefix: String, names: Names = .bert, _ sizes: Sizes) {
        let (hidden, units) = (sizes.hidden, sizes.intermediate)
        projection = Linear(
            declaring: &layout, [names.query, names.key, names.value].map { ("\(prefix).\($0)", hidden) },
            from: hidden, hasBias: true)
        attentionOutput = Linear(
            declaring: &layout, "\(prefix).\(names.attentionOutput)", from: hidden, to: hidden)
        attentionNorm = Norm(
            declaring: &layout, "\(prefix).\(names.attentionNorm)", width: hidden, epsilon: sizes.epsilon)
        intermediate = Linear(declaring: &layout, "\(prefix).\(names.intermediate)", from: hidden, to: units)
        output = Linear(declaring: &layout, "\(prefix).\(names.output)", from: units, to: hidden)
        outputNorm = Norm(
            declaring: &layout, "\(prefix).\(names.outputNorm)", width: hidden, epsilon: sizes.epsilon)
    }
}
