internal import CKernels
internal import Tensors

extension Tape {
    /// The mean of each sequence's rows: [sequences, columns].
    ///
    /// - Parameter sequences: how the rows are packed; none empty.
    public func mean(_ input: Activation, of sequences: PackedSequences) -> Activation {
        let output = make(rows: sequences.count, columns: input.columns)
        output.value.pointer.update(repeating: 0, count: output.count)
        for sequence in 0..<sequences.count {
            let target = output.value.pointer + sequence * input.columns
            let rows = sequences.rows(sequence)
            for row in rows { loops.add(target, input.value.pointer + row * input.columns, input.columns) }
            for column in 0..<input.columns { target[column] /= Float(rows.count) }
        }
        record(MeanBackward(input: input, sequences: sequences, output: output))
        return output
    }
}

private struct MeanBackward: BackwardStep {
    let input: Activation
    let sequences: PackedSequences
    let output: Activation

    func run(_ tape: Tape) {
        guard let upstream = output.gradient else { return }
        let target = input.gradientForAdding()
        for sequence in 0..<sequences.count {
            let rows = sequences.rows(sequence)
            let slope = upstream.pointer + sequence * input.columns
            for column in 0..<input.columns { slope[column] /= Float(rows.count) }
            for row in rows { tape.loops.add(target + row * input.columns, slope, input.columns) }
        }
    }
}
