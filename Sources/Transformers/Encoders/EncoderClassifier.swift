internal import Kernels
internal import Tensors

/// A stack of post-norm encoder layers whose first token is classified: BERT's design, shared by its family.
protocol EncoderClassifier: LayerwiseClassifier {
    var layers: [EncoderLayer] { get }
    var options: EncoderLayer.Options { get }

    /// What the first layer reads: [tokens, hidden].
    func embed(_ tape: Tape, _ batch: PackedBatch) -> Activation
    /// What is added to the attention scores of each layer, by its index; made once a pass, nil for nothing.
    func bias(_ tape: Tape, _ batch: PackedBatch) -> ((Int) -> EncoderLayer.Bias)?
    /// Logits [sequences, labels] of first tokens [sequences, hidden].
    func classify(_ tape: Tape, _ first: Activation) -> Activation
}

extension EncoderClassifier {
    func bias(_ tape: Tape, _ batch: PackedBatch) -> ((Int) -> EncoderLayer.Bias)? { nil }

    func encoderLogits(_ tape: Tape, _ batch: PackedBatch) -> Activation {
        let bias = bias(tape, batch)
        var x = embed(tape, batch)
        for (index, layer) in layers.dropLast().enumerated() {
            x = layer.everyRow(tape, x, batch.sequences, options, bias: bias?(index)).output
        }
        guard let last = layers.last else { return x }
        return classify(
            tape, last.firstRows(tape, x, batch.sequences, options, bias: bias?(layers.count - 1)))
    }

    func encoderLayerLogits(_ tape: Tape, _ batch: PackedBatch) -> [Activation] {
        everyLayer(tape, batch).map { classify(tape, tape.rows($0.output, batch.firstRows)) }
    }

    /// The output and the units of each layer, for every row.
    func everyLayer(_ tape: Tape, _ batch: PackedBatch) -> [(output: Activation, units: Activation)] {
        let bias = bias(tape, batch)
        var x = embed(tape, batch)
        return layers.enumerated().map { index, layer in
            let both = layer.everyRow(tape, x, batch.sequences, options, bias: bias?(index))
            x = both.output
            return both
        }
    }

    func logits(_ tape: Tape, _ batch: PackedBatch) -> Activation { encoderLogits(tape, batch) }

    func layerLogits(_ tape: Tape, _ batch: PackedBatch) -> [Activation] { encoderLayerLogits(tape, batch) }
}

/// An encoder each of whose layers has feed-forward units of its own.
protocol EncoderUnits: EncoderClassifier, FeedForwardUnits {}

extension EncoderUnits {
    var feedForward: [FeedForward] { encoderFeedForward }

    var encoderFeedForward: [FeedForward] {
        layers.compactMap { layer in
            layer.intermediate.bias.map {
                FeedForward(
                    intermediate: layer.intermediate.weight, intermediateBias: $0, output: layer.output.weight)
            }
        }
    }

    func feedForwardActivations(_ tape: Tape, _ batch: PackedBatch) -> [Activation] {
        everyLayer(tape, batch).map(\.units)
    }
}
