internal import CKernels
internal import Tensors

extension Tape {
    /// Turns each head by its row's position, in place, so that a product of query and key depends on their distance.
    ///
    /// What computed the columns must not need their values in its own backward: a product with weights does not.
    /// - Parameters:
    ///   - columns: heads of the table's width, side by side.
    ///   - positions: one a row, none negative.
    public func rotate(_ columns: Columns, by table: RotaryTable, positions: [Int32]) {
        let step = RotaryBackward(columns: columns, table: table, positions: positions)
        step.turn(self, columns.activation.value, back: false)
        record(step)
    }
}

private struct RotaryBackward: BackwardStep {
    let columns: Columns
    let table: RotaryTable
    let positions: [Int32]

    func turn(_ tape: Tape, _ values: FloatBuffer, back: Bool) {
        let angles = table.rows(Int(positions.max() ?? 0) + 1)
        withExtendedLifetime(angles) {
            tape.loops.rotate(
                values.pointer + columns.first, columns.activation.columns, angles.pointer, positions, positions.count,
                columns.width / table.width, table.width, back ? 1 : 0)
        }
    }

    func run(_ tape: Tape) {
        guard let gradient = columns.activation.gradient else { return }
        turn(tape, gradient, back: true)
    }
}
