import Checkpoints
import Statistics
import Tensors

/// The sums of one tensor, and of each of its rows where these are asked for.
struct TensorSums: Sendable, Equatable {
    /// Over all elements.
    var total = DeltaSums()
    /// By row; empty unless `Request.rowWidth` is given.
    var rows: [EmbeddingRows.Row] = []

    /// What to sum.
    struct Request: Sendable {
        let suspect: TensorDescription
        /// The base's tensor; nil compares the suspect's with itself, which finds what is not finite.
        let base: TensorDescription?
        /// Elements to take, from the first on; both tensors have as many.
        let elementCount: Int
        /// Elements of a row, to sum by row as well.
        var rowWidth: Int?
        /// Whether the suspect's elements are what the base's type does not hold by their nature, as a merged adapter's
        /// are; otherwise elements that differ by rounding alone count as equal.
        var isExact = false
    }

    /// Sums tensors in one pass over both files, in blocks that do not depend on `threads`.
    static func measure(
        _ requests: [Request], suspect: Checkpoint, base: Checkpoint, threads: Int
    ) throws(CheckpointError) -> [TensorSums] {
        let blocks = requests.indices.flatMap { index in requests[index].blocks.map { (request: index, block: $0) } }
        let parts = try BlockSchedule.run(count: blocks.count, threads: threads, placeholder: TensorSums()) {
            index, scratch throws(CheckpointError) in
            let (request, block) = (requests[blocks[index].request], blocks[index].block)
            let ours = UnsafeMutableBufferPointer(rebasing: scratch.suspect[..<block.count])
            try suspect.read(request.suspect.name, elements: block, into: ours)
            guard let other = request.base else {
                return TensorSums(UnsafeBufferPointer(ours), UnsafeBufferPointer(ours), rowWidth: nil)
            }
            let theirs = UnsafeMutableBufferPointer(rebasing: scratch.base[..<block.count])
            try base.read(other.name, elements: block, into: theirs)
            // What the base would be in the suspect's type: rounding alone is then no change.
            if !request.suspect.dtype.holds(other.dtype) { request.suspect.dtype.round(theirs) }
            var sums = TensorSums(
                UnsafeBufferPointer(ours), UnsafeBufferPointer(theirs), rowWidth: request.rowWidth)
            if !request.isExact, !other.dtype.holds(request.suspect.dtype), request.suspect.dtype.holds(other.dtype) {
                other.dtype.round(ours)
                sums.total.changed = zip(ours, theirs).count { $0 != $1 && $0.bitPattern != $1.bitPattern }
            }
            return sums
        }
        var sums = requests.map { request in
            var sums = TensorSums()
            sums.rows.reserveCapacity(request.rowWidth.map { request.elementCount / $0 } ?? 0)
            return sums
        }
        for (item, part) in zip(blocks, parts) {
            let row = requests[item.request].rowWidth.map { item.block.lowerBound / $0 }
            sums[item.request].append(part, at: row)
        }
        return sums
    }

    /// Joins the sums of the next block, whose first element is in `row`.
    private mutating func append(_ part: TensorSums, at row: Int?) {
        total.add(part.total)
        if let row, row + 1 == rows.count, let first = part.rows.first {
            // A row too long for one block goes on.
            rows[row].add(first)
        } else {
            rows += part.rows
        }
    }
}

extension TensorSums {
    /// Sums one block, which holds whole rows or a part of one.
    private init(_ suspect: UnsafeBufferPointer<Float>, _ base: UnsafeBufferPointer<Float>, rowWidth: Int?) {
        guard let rowWidth else {
            total = DeltaSums(suspect, base)
            return
        }
        rows.reserveCapacity(suspect.count / rowWidth + 1)
        for start in stride(from: 0, to: suspect.count, by: rowWidth) {
            let row = start..<min(start + rowWidth, suspect.count)
            let sums = DeltaSums(
                UnsafeBufferPointer(rebasing: suspect[row]), UnsafeBufferPointer(rebasing: base[row]))
            rows.append(EmbeddingRows.Row(sums))
            total.add(sums)
        }
    }
}

extension TensorSums.Request {
    /// The elements in blocks: whole rows, or parts of one row where it is longer than a block.
    fileprivate var blocks: [Range<Int>] {
        let most = BlockSchedule.blockElements
        guard let rowWidth, rowWidth > 0 else { return Self.cut(0..<elementCount, by: most) }
        if rowWidth <= most { return Self.cut(0..<elementCount, by: most / rowWidth * rowWidth) }
        return Self.cut(0..<elementCount, by: rowWidth).flatMap { Self.cut($0, by: most) }
    }

    private static func cut(_ elements: Range<Int>, by size: Int) -> [Range<Int>] {
        stride(from: elements.lowerBound, to: elements.upperBound, by: size).map {
            $0..<$0 + min(size, elements.upperBound - $0)
        }
    }
}
