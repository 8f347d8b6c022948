internal import CKernels
public import Tensors

extension Tape {
    /// LayerNorm(dropout(x) + residual)·weight + bias, each row normalised: [rows, columns].
    ///
    /// A few rows go through all of it at a time, so that what lies in between stays in the cache.
    /// - Parameters:
    ///   - input: [rows, columns].
    ///   - dropout: probability of dropping an element of the input, in training.
    ///   - residual: added first; nil adds nothing.
    ///   - weight: [columns].
    ///   - bias: [columns]; nil adds nothing.
    ///   - epsilon: added to the variance.
    public func layerNorm(
        _ input: Activation, dropout: Double = 0, residual: Activation? = nil, weight: Parameter, bias: Parameter?,
        epsilon: Float
    ) -> Activation {
        let output = make(rows: input.rows, columns: input.columns)
        let sum = make(rows: input.rows, columns: input.columns)
        let statistics = make(rows: 2, columns: input.rows)
        let step = LayerNormBackward(
            input: input, mask: nextMask(input.count, probability: dropout), residual: residual, weight: weight,
            bias: bias, output: output, sum: sum, statistics: statistics)
        step.forEachBlock { start, rows in
            let first = start * input.columns
            var x = input.value.pointer + first
            if let mask = step.mask {
                let dropped = context.scratch(rows * input.columns)
                mask.apply(loops, to: x, into: dropped, count: rows * input.columns, from: first)
                x = dropped
            }
            loops.layer_norm_forward(
                x, residual.map { $0.value.pointer + first }, pointer(weight), bias.map { pointer($0) },
                epsilon, rows, input.columns, sum.value.pointer + first, statistics.value.pointer + start,
                statistics.value.pointer + input.rows + start, output.value.pointer + first)
        }
        record(step)
        return output
    }
}

private struct LayerNormBackward: BackwardStep {
    let input: Activation
    let mask: DropoutMask?
    let residual: Activation?
    let weight: Parameter
    let bias: Parameter?
    let output: Activation
    /// dropout(input) + residual.
    let sum: Activation
    /// Row 0: mean of each row; row 1: 1 / standard deviation.
    let statistics: Activation

    /// Rows of a block: whole 64-element blocks of the dropout stream, whatever the columns.
    private static let blockRows = 64

    /// Calls `body` with the first row and the number of rows of each block.
    func forEachBlock(_ body: (Int, Int) -> Void) {
        for start in stride(from: 0, to: input.rows, by: Self.blockRows) {
            body(start, min(Self.blockRows, input.rows - start))
        }
    }

    func run(_ tape: Tape) {
        guard let upstream = output.gradient else { return }
        let dWeight = tape.forAdding(weight)
        let dBias = bias.map { tape.forAdding($0) }
        let toResidual = residual?.gradientForWriting()
        let toInput = input.gradientForWriting()
        forEachBlock { start, rows in
            let (first, count) = (start * input.columns, rows * input.columns)
            let slope = tape.context.scratch(count)
            tape.loops.layer_norm_backward(
                upstream.pointer + first, sum.value.pointer + first, tape.pointer(weight),
                statistics.value.pointer + start, statistics.value.pointer + input.rows + start, rows, input.columns,
                slope, dWeight, dBias)
            if let toResidual { tape.pass(slope, to: toResidual.pointer + first, count, fresh: toResidual.fresh) }
            mask?.apply(tape.loops, to: slope, into: slope, count: count, from: first)
            tape.pass(slope, to: toInput.pointer + first, count, fresh: toInput.fresh)
        }
    }
}

extension Tape {
    /// Writes a gradient to where it is the first, or adds it.
    fileprivate func pass(
        _ slope: UnsafePointer<Float>, to target: UnsafeMutablePointer<Float>, _ count: Int, fresh: Bool
    ) {
        if fresh { target.update(from: slope, count: count) } else { loops.add(target, slope, count) }
    }
}
