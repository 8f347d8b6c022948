internal import CKernels
public import Tensors

extension Tape {
    /// x / √(mean x² + epsilon) · (offset + weight) (Zhang and Sennrich 2019), each group of columns by itself: [rows, width].
    ///
    /// - Parameters:
    ///   - input: whole rows, or each head of a query or key, as Qwen3 normalises them.
    ///   - weight: [group], a divisor of the width, shared by all groups.
    ///   - offset: added to the weight: 1 where a checkpoint stores what the factor exceeds 1 by, as Gemma's do.
    ///   - epsilon: added to the mean square.
    public func rmsNorm(_ input: Columns, weight: Parameter, offset: Float = 0, epsilon: Float) -> Activation {
        let rows = input.activation.rows
        let groups = input.width / weight.count
        let output = make(rows: rows, columns: input.width)
        let inverse = make(rows: rows, columns: groups)
        loops.rms_norm_forward(
            input.activation.value.pointer + input.first, input.activation.columns, pointer(weight), offset, epsilon,
            rows, groups, weight.count, inverse.value.pointer, output.value.pointer)
        record(RMSNormBackward(input: input, weight: weight, offset: offset, inverse: inverse, output: output))
        return output
    }
}

private struct RMSNormBackward: BackwardStep {
    let input: Columns
    let weight: Parameter
    let offset: Float
    /// 1 / root mean square of each group: [rows, groups].
    let inverse: Activation
    let output: Activation

    func run(_ tape: Tape) {
        guard let upstream = output.gradient else { return }
        tape.loops.rms_norm_backward(
            upstream.pointer, input.activation.value.pointer + input.first, input.activation.columns,
            tape.pointer(weight), offset, inverse.value.pointer, inverse.rows, inverse.columns, weight.count,
            input.activation.gradientForAdding() + input.first, tape.forAdding(weight))
    }
}
