internal import CKernels
public import Tensors

extension Tape {
    /// LayerNorm(x + residual)·weight + bias, each row normalised: [rows, columns].
    ///
    /// - Parameters:
    ///   - input: [rows, columns].
    ///   - residual: added first; nil adds nothing.
    ///   - weight: [columns].
    ///   - bias: [columns].
    ///   - epsilon: added to the variance.
    public func layerNorm(
        _ input: Activation, residual: Activation? = nil, weight: Parameter, bias: Parameter, epsilon: Float
    ) -> Activation {
        let output = make(rows: input.rows, columns: input.columns)
        let sum = make(rows: input.rows, columns: input.columns)
        let statistics = make(rows: 2, columns: input.rows)
        loops.layer_norm_forward(
            input.value.pointer, residual?.value.pointer, pointer(weight), pointer(bias), epsilon, input.rows,
            input.columns, sum.value.pointer, statistics.value.pointer, statistics.value.pointer + input.rows,
            output.value.pointer)
        record(
            LayerNormBackward(
                input: input, residual: residual, weight: weight, bias: bias, output: output, sum: sum,
                statistics: statistics))
        return output
    }
}

private struct LayerNormBackward: BackwardStep {
    let input: Activation
    let residual: Activation?
    let weight: Parameter
    let bias: Parameter
    let output: Activation
    /// input + residual.
    let sum: Activation
    /// Row 0: mean of each row; row 1: 1 / standard deviation.
    let statistics: Activation

    func run(_ tape: Tape) {
        guard let gradients = tape.gradients, let upstream = output.gradient else { return }
        // The sum is needed no more once a row is done, but a row is read twice: the slope goes where the output was.
        let slope = output.value.pointer
        tape.loops.layer_norm_backward(
            upstream.pointer, sum.value.pointer, tape.pointer(weight), statistics.value.pointer,
            statistics.value.pointer + input.rows, input.rows, input.columns, slope, gradients.forAdding(weight),
            gradients.forAdding(bias))
        for target in [input, residual].compactMap({ $0 }) {
            let (gradient, fresh) = target.gradientForWriting()
            if fresh {
                gradient.update(from: slope, count: input.count)
            } else {
                tape.loops.add(gradient, slope, input.count)
            }
        }
    }
}
