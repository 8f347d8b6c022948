internal import Tensors

extension Tape {
    /// x · factor, element by element: [rows, columns].
    public func scaled(_ input: Activation, by factor: Float) -> Activation {
        let output = make(rows: input.rows, columns: input.columns)
        for index in 0..<input.count { output.values[index] = input.values[index] * factor }
        record(ScaleBackward(input: input, factor: factor, output: output))
        return output
    }
}

private struct ScaleBackward: BackwardStep {
    let input: Activation
    let factor: Float
    let output: Activation

    func run(_ tape: Tape) {
        guard let upstream = output.gradient else { return }
        let target = input.gradientForAdding()
        for index in 0..<input.count { target[index] += upstream.pointer[index] * factor }
    }
}
