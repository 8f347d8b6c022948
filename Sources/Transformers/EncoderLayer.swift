internal import Kernels
internal import Tensors

/// A post-norm transformer layer as BERT has it: attention, then a two-layer feed-forward, each with a residual.
struct EncoderLayer: Sendable {
    /// Query, key and value joined: [3 · hidden, hidden] and [3 · hidden].
    let projection: Parameter
    let projectionBias: Parameter
    let attentionOutput: Parameter
    let attentionOutputBias: Parameter
    let attentionNorm: Parameter
    let attentionNormBias: Parameter
    let intermediate: Parameter
    let intermediateBias: Parameter
    let output: Parameter
    let outputBias: Parameter
    let outputNorm: Parameter
    let outputNormBias: Parameter

    /// What the layers of one model share.
    struct Options: Sendable {
        let heads: Int
        let epsilon: Float
        let activation: ActivationFunction
        let attentionDropout: Double
        let hiddenDropout: Double
    }

    /// The layer's output for every row: [rows, hidden].
    func callAsFunction(
        _ tape: Tape, _ x: Activation, _ sequences: PackedSequences, _ options: Options
    ) -> Activation {
        everyRow(tape, x, sequences, options).output
    }

    /// The layer's output and the activations of its feed-forward units for every row: [rows, hidden], [rows, units].
    func everyRow(
        _ tape: Tape, _ x: Activation, _ sequences: PackedSequences, _ options: Options
    ) -> (output: Activation, units: Activation) {
        let hidden = x.columns
        let joint = tape.linear(x, weight: projection, bias: projectionBias)
        let context = tape.attention(
            queries: Columns(joint, from: 0, width: hidden), keys: Columns(joint, from: hidden, width: hidden),
            values: Columns(joint, from: 2 * hidden, width: hidden), querySequences: sequences,
            keySequences: sequences, heads: options.heads, dropout: options.attentionDropout)
        return feedForward(tape, context, residual: x, options)
    }

    /// The layer's output for the first row of each sequence alone: [sequences, hidden].
    ///
    /// In the last layer a classifier reads no other row, so nothing else is computed: only keys and values need all.
    func firstRows(
        _ tape: Tape, _ x: Activation, _ sequences: PackedSequences, _ options: Options
    ) -> Activation {
        let hidden = x.columns
        let first = tape.rows(x, Array(sequences.offsets.dropLast()))
        let queries = tape.linear(
            first, weight: projection.slice(rows: 0..<hidden), bias: projectionBias.slice(rows: 0..<hidden))
        let joint = tape.linear(
            x, weight: projection.slice(rows: hidden..<3 * hidden),
            bias: projectionBias.slice(rows: hidden..<3 * hidden))
        let context = tape.attention(
            queries: Columns(queries, width: hidden), keys: Columns(joint, from: 0, width: hidden),
            values: Columns(joint, from: hidden, width: hidden),
            querySequences: PackedSequences(single: sequences.count), keySequences: sequences, heads: options.heads,
            dropout: options.attentionDropout)
        return feedForward(tape, context, residual: first, options).output
    }

    private func feedForward(
        _ tape: Tape, _ context: Activation, residual: Activation, _ options: Options
    ) -> (output: Activation, units: Activation) {
        let attended = tape.linear(context, weight: attentionOutput, bias: attentionOutputBias)
        let middle = tape.layerNorm(
            attended, dropout: options.hiddenDropout, residual: residual, weight: attentionNorm,
            bias: attentionNormBias, epsilon: options.epsilon)
        let wide = tape.linear(
            middle, weight: intermediate, bias: intermediateBias, activation: options.activation)
        let narrow = tape.linear(wide, weight: output, bias: outputBias)
        let normed = tape.layerNorm(
            narrow, dropout: options.hiddenDropout, residual: middle, weight: outputNorm, bias: outputNormBias,
            epsilon: options.epsilon)
        return (normed, wide)
    }
}

extension EncoderLayer {
    /// Declares one layer's parameters under BERT's names.
    init(declaring layout: inout ParameterLayout, prefix: String, hidden: Int, intermediate width: Int) {
        let parts = ["query", "key", "value"].map { prefix + ".attention.self." + $0 }
        projection = layout.addGroup(parts.map { $0 + ".weight" }, [hidden, hidden], .normal)
        projectionBias = layout.addGroup(parts.map { $0 + ".bias" }, [hidden], .zeros)
        attentionOutput = layout.add(prefix + ".attention.output.dense.weight", [hidden, hidden], .normal)
        attentionOutputBias = layout.add(prefix + ".attention.output.dense.bias", [hidden], .zeros)
        attentionNorm = layout.add(prefix + ".attention.output.LayerNorm.weight", [hidden], .ones)
        attentionNormBias = layout.add(prefix + ".attention.output.LayerNorm.bias", [hidden], .zeros)
        intermediate = layout.add(prefix + ".intermediate.dense.weight", [width, hidden], .normal)
        intermediateBias = layout.add(prefix + ".intermediate.dense.bias", [width], .zeros)
        output = layout.add(prefix + ".output.dense.weight", [hidden, width], .normal)
        outputBias = layout.add(prefix + ".output.dense.bias", [hidden], .zeros)
        outputNorm = layout.add(prefix + ".output.LayerNorm.weight", [hidden], .ones)
        outputNormBias = layout.add(prefix + ".output.LayerNorm.bias", [hidden], .zeros)
    }
}
