internal import CKernels
public import Tensors

extension Tape {
    /// The sum of one row of each table: [ids, columns].
    ///
    /// - Parameter lookups: tables [entries, columns], each with an id a row of the result; ids are in range.
    public func embedding(_ lookups: [(table: Parameter, ids: [Int32])]) -> Activation {
        let rows = lookups.first?.ids.count ?? 0
        let columns = lookups.first?.table.columns ?? 0
        let output = make(rows: rows, columns: columns)
        for (index, (table, ids)) in lookups.enumerated() {
            let source = pointer(table)
            for (row, id) in ids.enumerated() {
                let target = output.value.pointer + row * columns
                if index == 0 {
                    target.update(from: source + Int(id) * columns, count: columns)
                } else {
                    loops.add(target, source + Int(id) * columns, columns)
                }
            }
        }
        record(EmbeddingBackward(lookups: lookups, output: output))
        onEmbedding?(output)
        return output
    }
}

private struct EmbeddingBackward: BackwardStep {
    let lookups: [(table: Parameter, ids: [Int32])]
    let output: Activation

    func run(_ tape: Tape) {
        guard let gradients = tape.gradients, let upstream = output.gradient else { return }
        for (table, ids) in lookups {
            let target = gradients.forRows(ids, of: table)
            for (row, id) in ids.enumerated() {
                tape.loops.add(
                    target + Int(id) * table.columns, upstream.pointer + row * table.columns, table.columns)
            }
        }
    }
}
