internal import Kernels
internal import Tensors

/// A pre-norm layer as GPT-2 has it.
struct GPT2Layer: Sendable {
    private let attentionNorm: Norm
    /// Query, key and value joined: [hidden, 3 · hidden].
    private let projection: Linear
    private let attentionOutput: Linear
    private let feedForwardNorm: Norm
    private let intermediate: Linear
    private let output: Linear
    private let attention: AttentionOptions

    /// What the layers of one model share.
    struct Options: Sendable {
        let activation: ActivationFunction
        /// Dropout before each residual.
        let dropout: Double
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
        let width = x.columns
        let joint = projection(tape, attentionNorm(tape, x))
        let rows = picked.map { tape.rows(joint, $0.rows) } ?? joint
        let context = tape.attention(
            queries: Columns(rows, width: width), keys: Columns(joint, from: width, width: width),
            values: Columns(joint, from: 2 * width, width: width), batch, picked, cache, attention)
        let attended = tape.dropout(attentionOutput(tape, context), probability: options.dropout)
        let middle = tape.add(picked.map { tape.rows(x, $0.rows) } ?? x, attended)
        let units = intermediate(tape, feedForwardNorm(tape, middle), activation: options.activation)
        return tape.add(middle, tape.dropout(output(tape, units), probability: options.dropout))
    }
}

extension GPT2Layer {
    /// Declares one layer's parameters, their names below `prefix`.
    init(
        declaring layout: inout ParameterLayout, prefix: String, hidden: Int, units: Int, epsilon: Float,
        attention: AttentionOptions
    ) {
        func linear(_ name: String, from inputs: Int, to outputs: Int) -> Linear {
            Linear(
                weight: layout.add("\(prefix).\(name).weight", [inputs, outputs], .normal),
                bias: layout.add("\(prefix).\(name).bias", [outputs], .zeros),
                storage: LinearStorage(inputsFirst: true))
        }
        attentionNorm = Norm(declaring: &layout, prefix + ".ln_1", width: hidden, epsilon: epsilon)
        projection = linear("attn.c_attn", from: hidden, to: 3 * hidden)
        attentionOutput = linear("attn.c_proj", from: hidden, to: hidden)
        feedForwardNorm = Norm(declaring: &layout, prefix + ".ln_2", width: hidden, epsilon: epsilon)
        intermediate = linear("mlp.c_fc", from: hidden, to: units)
        output = linear("mlp.c_proj", from: units, to: hidden)
        self.attention = attention
    }
}
