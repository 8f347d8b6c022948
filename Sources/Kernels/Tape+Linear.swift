internal import CKernels
public import Tensors

extension Tape {
    /// x·Wᵀ + b: [rows, in] → [rows, out].
    ///
    /// - Parameters:
    ///   - input: [rows, in].
    ///   - weight: [out, in], as checkpoints store it.
    ///   - bias: [out].
    public func linear(_ input: Activation, weight: Parameter, bias: Parameter) -> Activation {
        let output = make(rows: input.rows, columns: weight.rows)
        if input.rows > 0 {
            let product = context.product(.init(m: input.rows, n: weight.rows, k: input.columns))
            product.run(
                context.stream, a: input.value.pointer, weight: pointer(weight), bias: pointer(bias),
                c: output.value.pointer, scratch: context.scratch(product.scratchFloats))
        }
        record(LinearBackward(input: input, weight: weight, bias: bias, output: output))
        return output
    }
}

private struct LinearBackward: BackwardStep {
    let input: Activation
    let weight: Parameter
    let bias: Parameter
    let output: Activation

    func run(_ tape: Tape) {
        guard let gradients = tape.gradients, let upstream = output.gradient, input.rows > 0 else { return }
        let (dInput, inputFresh) = input.gradientForWriting()
        sgemm(
            m: input.rows, n: input.columns, k: output.columns, a: upstream.pointer, b: tape.pointer(weight),
            beta: inputFresh ? 0 : 1, c: dInput)
        let (dWeight, weightFresh) = gradients.forWriting(weight)
        sgemm(
            transposeA: true, m: output.columns, n: input.columns, k: input.rows, a: upstream.pointer,
            b: input.value.pointer, beta: weightFresh ? 0 : 1, c: dWeight)
        tape.loops.column_sums(upstream.pointer, input.rows, output.columns, gradients.forAdding(bias))
    }
}
