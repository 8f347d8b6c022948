internal import Kernels
internal import Tensors

/// A head of two layers over the first token, `classifier.dense` and `classifier.out_proj`, as RoBERTa has it.
struct DenseHead: Sendable {
    let dense: Linear
    let output: Linear
    let activation: ActivationFunction
    let dropout: Double

    init(
        declaring layout: inout ParameterLayout, hidden: Int, labels: Int, activation: ActivationFunction,
        dropout: Double
    ) {
        dense = Linear(declaring: &layout, "classifier.dense", from: hidden, to: hidden)
        output = Linear(declaring: &layout, "classifier.out_proj", from: hidden, to: labels)
        self.activation = activation
        self.dropout = dropout
    }

    func callAsFunction(_ tape: Tape, _ first: Activation) -> Activation {
        let middle = dense(tape, tape.dropout(first, probability: dropout), activation: activation)
        return output(tape, tape.dropout(middle, probability: dropout))
    }
}
