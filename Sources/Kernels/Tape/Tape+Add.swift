internal import CKernels
internal import Tensors

extension Tape {
    /// The sum of two activations, element by element: a residual connection.
    public func add(_ a: Activation, _ b: Activation) -> Activation {
        let output = make(rows: a.rows, columns: a.columns)
        output.value.pointer.update(from: a.value.pointer, count: a.count)
        loops.add(output.value.pointer, b.value.pointer, b.count)
        record(AddBackward(inputs: [a, b], output: output))
        return output
    }
}

private struct AddBackward: BackwardStep {
    let inputs: [Activation]
    let output: Activation

    func run(_ tape: Tape) {
        guard let upstream = output.gradient else { return }
        for input in inputs {
            let (gradient, fresh) = input.gradientForWriting()
            if fresh {
                gradient.update(from: upstream.pointer, count: output.count)
            } else {
                tape.loops.add(gradient, upstream.pointer, output.count)
            }
        }
    }
}
