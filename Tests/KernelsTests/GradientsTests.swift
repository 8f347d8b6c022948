import Tensors
import Testing

@testable import Kernels

@Suite struct GradientsTests {
    /// A table of 300 rows, a dense matrix above one block of the flat loops, and a vector.
    static let layout: ParameterLayout = {
        var layout = ParameterLayout()
        layout.add("table", [300, 24], .normal)
        layout.add("matrix", [300, 301], .normal)
        layout.add("vector", [5], .zeros)
        return layout
    }()

    static func shard(_ name: String, rows: [Int32]) -> Gradients {
        let gradients = Gradients(layout: layout)
        fill(gradients, name, rows: rows)
        return gradients
    }

    static func fill(_ gradients: Gradients, _ name: String, rows: [Int32]) {
        let parameters = layout.parameters
        gradients.begin()
        let table = gradients.forRows(rows, of: parameters[0])
        for row in rows { (table + Int(row) * 24).update(from: noise(24, "\(name) \(row)"), count: 24) }
        gradients.forWriting(parameters[1]).pointer.update(
            from: noise(parameters[1].count, name), count: parameters[1].count)
        gradients.finish()
    }

    @Test func `a step forgets the step before`() {
        let gradients = Self.shard("first", rows: [1, 200])
        #expect(gradients.values.floats[Self.layout.parameters[0].range].contains { $0 != 0 })
        gradients.begin()
        let vector = Self.layout.parameters[2]
        #expect(gradients.forWriting(vector).fresh)
        #expect(!gradients.forWriting(vector).fresh)
        gradients.forWriting(vector).pointer.update(repeating: 2, count: 5)
        gradients.finish()
        let expected = (0..<Self.layout.count).map { vector.range.contains($0) ? Float(2) : 0 }
        #expect(Array(gradients.values.floats) == expected)
        #expect(gradients.touchedRows.isEmpty)
    }

    @Test(arguments: InstructionLevel.available)
    func `shards are summed, and the norm is that of the sum, in the same bits on any number of threads`(
        level: InstructionLevel
    ) {
        let rows: [[Int32]] = [Array(0..<140), Array(100..<290), []]
        func parts() -> [Gradients] { rows.enumerated().map { Self.shard("\($0)", rows: $1) } }
        let apart = parts()
        let expected = (0..<Self.layout.count).map { index in
            apart.dropFirst().reduce(apart[0].values.floats[index]) { $0 + $1.values.floats[index] }
        }
        let length = expected.doubles.reduce(0) { $0 + $1 * $1 }.squareRoot()
        let norms = [1, 2, 3].map { threads in
            let parts = parts()
            let norm = parts[0].reduce(
                adding: Array(parts.dropFirst()), workers: Workers(threads: threads, level: level))
            #expect(Array(parts[0].values.floats) == expected)
            #expect(parts[0].touchedRows[0] == Set(0..<290))
            return norm
        }
        #expect(Set(norms).count == 1)
        // Squares are added in Float in lanes of at most 256.
        #expect(abs(norms[0] - length) <= 4 * rounding * length)
    }

    @Test func `rows taken over from another shard are cleared by the next step`() {
        let first = Self.shard("a", rows: [3])
        let second = Self.shard("b", rows: [4, 299])
        _ = first.reduce(adding: [second], workers: Workers(threads: 1))
        first.begin()
        first.finish()
        #expect(first.values.floats.allSatisfy { $0 == 0 })
    }
}
