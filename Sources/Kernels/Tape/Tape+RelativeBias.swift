internal import CKernels
public import Tensors

/// Which row of a table belongs to the distance of a key from its query.
public struct RelativePositions: Sendable {
    private let row: @Sendable (Int) -> Int32

    /// - Parameter row: of the table, for the key's position minus the query's; in range.
    public init(_ row: @escaping @Sendable (Int) -> Int32) { self.row = row }

    /// Rows for the distances from the last query to the first key up to the first query to the last key: query i and
    /// key j meet at queries − 1 + j − i.
    func rows(queries: Int, keys: Int) -> [Int32] { (0..<queries + keys - 1).map { row($0 - (queries - 1)) } }
}

extension Tape {
    /// Scores [heads] by relative position alone, each sequence's queries beginning with its keys.
    ///
    /// - Parameter table: [distances, heads].
    public func relativeBias(
        _ table: Parameter, _ positions: RelativePositions, querySequences: PackedSequences,
        keySequences: PackedSequences
    ) -> AttentionBias {
        let layout = ScoreLayout(queries: querySequences, keys: keySequences, heads: table.columns)
        let step = RelativeBiasBackward(
            table: table, positions: positions, layout: layout, output: make(rows: 1, columns: layout.count))
        layout.forEach { place in
            let scores = pointer(table) + place.head
            let line = step.rows(place).map { scores[Int($0) * table.columns] }
            for i in 0..<place.queries.count {
                line.withUnsafeBufferPointer { line in
                    guard let first = line.baseAddress else { return }
                    (step.output.value.pointer + place.first + i * place.stride).update(
                        from: first + place.queries.count - 1 - i, count: place.keys.count)
                }
            }
        }
        record(step)
        return AttentionBias(scores: step.output, layout: layout)
    }
}

private struct RelativeBiasBackward: BackwardStep {
    let table: Parameter
    let positions: RelativePositions
    let layout: ScoreLayout
    let output: Activation

    func rows(_ place: ScoreLayout.Place) -> [Int32] {
        positions.rows(queries: place.queries.count, keys: place.keys.count)
    }

    func run(_ tape: Tape) {
        guard let upstream = output.gradient else { return }
        let target = tape.forAdding(table)
        layout.forEach { place in
            let rows = rows(place)
            var line = [Float](repeating: 0, count: rows.count)
            line.withUnsafeMutableBufferPointer { line in
                guard let first = line.baseAddress else { return }
                for i in 0..<place.queries.count {
                    tape.loops.add(
                        first + place.queries.count - 1 - i, upstream.pointer + place.first + i * place.stride,
                        place.keys.count)
                }
            }
            for (row, slope) in zip(rows, line) { target[Int(row) * table.columns + place.head] += slope }
        }
    }
}
