internal import CKernels
internal import Tensors

extension Tape {
    /// Each element dropped with a probability, the others scaled up to keep the mean; the input itself in inference.
    public func dropout(_ input: Activation, probability: Double) -> Activation {
        guard let mask = nextMask(input.count, probability: probability) else { return input }
        let output = make(rows: input.rows, columns: input.columns)
        loops.dropout(
            input.value.pointer, output.value.pointer, input.count, mask.key, mask.firstBlock, mask.threshold,
            mask.scale)
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
        tape.loops.dropout(
            upstream.pointer, target, input.count, mask.key, mask.firstBlock, mask.threshold, mask.scale)
        if !fresh { tape.loops.add(gradient, target, input.count) }
    }
}
