public import Tensors

/// The gradient of every parameter, mirroring the parameters' buffer.
///
/// Dense parameters are written before they are added to, so nothing is cleared between steps. Embedding tables are
/// kept zero except for the rows a batch has read.
public final class Gradients {
    public let values: FloatBuffer
    /// Rows of each embedding table, by its offset, that hold this step's gradient.
    public private(set) var touchedRows: [Int: Set<Int32>] = [:]
    let layout: ParameterLayout
    private var tables: [Int: Parameter] = [:]
    /// First float → one past the last, of each dense parameter or group written in this step.
    private var written: [Int: Int] = [:]

    /// - Parameter layout: layout of the parameters.
    public init(layout: ParameterLayout) {
        self.layout = layout
        values = FloatBuffer(count: layout.count)
    }

    /// Forgets the last step.
    public func begin() {
        written.removeAll(keepingCapacity: true)
        for (offset, rows) in touchedRows {
            for row in rows {
                let range = rowRange(row, of: offset)
                (values.pointer + range.lowerBound).update(repeating: 0, count: range.count)
            }
        }
        touchedRows.removeAll(keepingCapacity: true)
    }

    /// Where a dense parameter's gradient goes: undefined on first use (`fresh`), to be added to afterwards.
    ///
    /// A matrix and slices of it may be used in one pass, in any order: what of it has no gradient yet is then cleared.
    func forWriting(_ parameter: Parameter) -> (pointer: UnsafeMutablePointer<Float>, fresh: Bool) {
        let range = parameter.range
        let target = values.pointer + parameter.offset
        if written[range.lowerBound] == range.upperBound { return (target, false) }
        let overlapping = written.filter { $0.key < range.upperBound && $0.value > range.lowerBound }
        if overlapping.isEmpty {
            written[range.lowerBound] = range.upperBound
            return (target, true)
        }
        var next = range.lowerBound
        for (start, end) in overlapping.sorted(by: { $0.key < $1.key }) + [(range.upperBound, range.upperBound)] {
            if next < start {
                (values.pointer + next).update(repeating: 0, count: start - next)
                written[next] = start
            }
            next = max(next, end)
        }
        return (target, false)
    }

    /// Where a dense parameter's gradient is added to: zero on first use.
    func forAdding(_ parameter: Parameter) -> UnsafeMutablePointer<Float> {
        let (pointer, fresh) = forWriting(parameter)
        if fresh { pointer.update(repeating: 0, count: parameter.count) }
        return pointer
    }

    /// Where rows of an embedding table are added to.
    func forRows(_ rows: [Int32], of table: Parameter) -> UnsafeMutablePointer<Float> {
        tables[table.offset] = table
        touchedRows[table.offset, default: []].formUnion(rows)
        return values.pointer + table.offset
    }

    /// Whether a parameter is an embedding table that some step has read.
    func isTable(_ parameter: Parameter) -> Bool { tables[parameter.offset] != nil }

    /// Floats of one row of the table at `offset`.
    func rowRange(_ row: Int32, of offset: Int) -> Range<Int> {
        let columns = tables[offset]?.columns ?? 0
        let start = offset + Int(row) * columns
        return start..<start + columns
    }

    /// Counts another shard's rows among this one's touched rows.
    func adopt(_ rows: Set<Int32>, of offset: Int, from other: Gradients) {
        tables[offset] = other.tables[offset]
        touchedRows[offset, default: []].formUnion(rows)
    }

    /// Clears what this step did not reach, so that the whole buffer holds this step's gradient.
    public func finish() {
        let ranges = written.sorted { $0.key < $1.key }
        var next = 0
        for parameter in layout.parameters where !isTable(parameter) {
            while next < ranges.count, ranges[next].value <= parameter.offset { next += 1 }
            if next < ranges.count, ranges[next].key <= parameter.offset { continue }
            (values.pointer + parameter.offset).update(repeating: 0, count: parameter.count)
        }
    }
}
