internal import CKernels
internal import Tensors

extension Tape {
    /// Some rows, in the order given: [indices, columns]. No index occurs twice.
    public func rows(_ input: Activation, _ indices: [Int]) -> Activation {
        let output = make(rows: indices.count, columns: input.columns)
        for (row, index) in indices.enumerated() {
            (output.value.pointer + row * input.columns).update(
                from: input.value.pointer + index * input.columns, count: input.columns)
        }
        record(RowsBackward(input: input, indices: indices, output: output))
        return output
    }
}

private struct RowsBackward: BackwardStep {
    let input: Activation
    let indices: [Int]
    let output: Activation

    func run(_ tape: Tape) {
        guard let upstream = output.gradient else { return }
        let target = input.gradientForAdding()
        for (row, index) in indices.enumerated() {
            tape.loops.add(
                target + index * input.columns, upstream.pointer + row * input.columns, input.columns)
        }
    }
}
