internal import Tensors

extension Gradients {
    /// Floats of one unit of work in flat loops over all parameters.
    static let block = 1 << 16

    /// Adds the shards' gradients to this one, in their order, and returns the Euclidean norm of the sum.
    ///
    /// The blocks and their order are fixed by the layout, so the bits do not depend on the number of threads.
    /// - Parameters:
    ///   - shards: gradients of the other shards, finished.
    ///   - workers: who does it.
    public func reduce(adding shards: [Gradients], workers: Workers) -> Double {
        for shard in shards {
            for (offset, rows) in shard.touchedRows { adopt(rows, of: offset, from: shard) }
        }
        let pieces = pieces()
        var squares = [Double](repeating: 0, count: pieces.count)
        squares.withUnsafeMutableBufferPointer { squares in
            nonisolated(unsafe) let squares = squares
            workers.forEach(pieces.count) { index, context in
                for range in pieces[index] {
                    for shard in shards { context.add(range, of: shard.values, to: values) }
                    squares[index] += context.squaredNorm(range, of: values)
                }
            }
        }
        return squares.reduce(0, +).squareRoot()
    }

    /// Every range that may hold this step's gradient.
    public var ranges: [Range<Int>] { pieces().flatMap(\.self) }

    /// Every range that may hold a gradient: blocks of the dense parameters, and the touched rows of each table.
    private func pieces() -> [[Range<Int>]] {
        var pieces: [[Range<Int>]] = []
        for parameter in layout.parameters where !isTable(parameter) {
            pieces += parameter.range.blocks(of: Self.block).map { [$0] }
        }
        for (offset, rows) in touchedRows.sorted(by: { $0.key < $1.key }) {
            let ranges = rows.sorted().map { rowRange($0, of: offset) }
            pieces += stride(from: 0, to: ranges.count, by: 128).map {
                Array(ranges[$0..<min($0 + 128, ranges.count)])
            }
        }
        return pieces
    }
}

extension Range<Int> {
    /// The range cut into runs of `size`, the last one shorter.
    public func blocks(of size: Int) -> [Range<Int>] {
        stride(from: lowerBound, to: upperBound, by: size).map { $0..<Swift.min($0 + size, upperBound) }
    }
}
