internal import CKernels
internal import Tensors

extension Tape {
    /// Each element dropped with a probability, the others scaled up to keep the mean; the input itself in inference.
    public func dropout(_ input: Activation, probability: Double) -> Activation {
        guard let mask = nextMask(input.count, probability: probability) else { return input }
        let output = make(rows: input.rows, columns: input.columns)
        mask.apply(loops, to: input.value.pointer, into: output.value.pointer, count: input.count)
        record(DropoutBackward(input: input, mask: mask, output: output))
        return output
    }
}

private struct DropoutBackward: BackwardStep {
    let input: Activation
    let mask: DropoutMask
    let output: Activation

    func run(_ tape: Tape) {
        guard let upstream = output.gradient else { return }
        let (gradient, fresh) = input.gradientForWriting()
        let target = fresh ? gradient : output.value.pointer
        mask.apply(tape.loops, to: upstream.pointer, into: target, count: input.count)
        if !fresh { tape.loops.add(gradient, target, input.count) }
    }
}

extension DropoutMask {
    /// Drops elements of x, which is this stretch from element `start` on, a multiple of 64; y may be x.
    func apply(
        _ loops: assay_kernels, to x: UnsafePointer<Float>, into y: UnsafeMutablePointer<Float>, count: Int,
        from start: Int = 0
    ) {
        loops.dropout(x, y, count, key, firstBlock + UInt64(start / 64 * 16), threshold, scale)
    }
}
