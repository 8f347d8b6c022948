internal import CKernels
public import Tensors

extension Tape {
    /// x / √(mean x² + epsilon) · weight (Zhang and Sennrich 2019), each group of columns by itself: [rows, width].
    ///
    /// - Parameters:
    ///   - input: whole rows, or each head of a query or key, as Qwen3 normalises them.
    ///   - weight: [group], a divisor of the width, shared by all groups.
    ///   - epsilon: added to the mean square.
    public func rmsNorm(_ input: Columns, weight: Parameter, epsilon: Float) -> Activation {
        let rows = input.activation.rows
        let groups = input.width / weight.count
        let output = make(rows: rows, columns: input.width)
        let inverse = make(rows: rows, columns: groups)
        loops.rms_norm_forward(
            input.activation.value.pointer + input.first, input.activation.columns, pointer(weight), epsilon, rows,
            groups, weight.count, inverse.value.pointer, output.value.pointer)
        record(RMSNormBackward(input: input, weight: weight, inverse: inverse, output: output))
        return output
    }
}

private struct RMSNormBackward: BackwardStep {
    let input: Columns
    let weight: Parameter
    /// 1 / root mean square of each group: [rows, groups].
    let inverse: Activation
    let output: Activation

    func run(_ tape: Tape) {
        guard let gradients = tape.gradients, let upstream = output.gradient else { return }
        tape.loops.rms_norm_backward(
            upstream.pointer, input.activation.value.pointer + input.first, input.activation.columns,
            tape.pointer(weight), inverse.value.pointer, inverse.rows, inverse.columns, weight.count,
            input.activation.gradientForAdding() + input.first, gradients.forAdding(weight))
    }
}
