internal import CKernels
internal import Tensors

extension Tape {
    /// f(a) · b of the two halves of each row (Shazeer 2020): [rows, 2 · units] → [rows, units].
    ///
    /// - Parameter input: a, then b.
    public func gated(_ input: Activation, _ function: ActivationFunction) -> Activation {
        let units = input.columns / 2
        let output = make(rows: input.rows, columns: units)
        for row in 0..<input.rows {
            let a = input.value.pointer + row * input.columns
            let y = output.value.pointer + row * units
            function.forward(loops)?(a, y, units)
            loops.multiply(y, a + units, y, units)
        }
        record(GatedBackward(input: input, function: function, output: output))
        return output
    }
}

private struct GatedBackward: BackwardStep {
    let input: Activation
    let function: ActivationFunction
    let output: Activation

    func run(_ tape: Tape) {
        guard let upstream = output.gradient else { return }
        let (gradient, fresh) = input.gradientForWriting()
        let units = output.columns
        let slopes = tape.context.scratch(2 * units)
        for row in 0..<output.rows {
            let a = input.value.pointer + row * input.columns
            let slope = upstream.pointer + row * units
            function.forward(tape.loops)?(a, slopes + units, units)
            tape.loops.multiply(slope, slopes + units, slopes + units, units)
            tape.loops.multiply(slope, a + units, slopes, units)
            function.backward(tape.loops)?(a, slopes, slopes, units)
            let target = gradient + row * input.columns
            if fresh {
                target.update(from: slopes, count: 2 * units)
            } else {
                tape.loops.add(target, slopes, 2 * units)
            }
        }
    }
}
