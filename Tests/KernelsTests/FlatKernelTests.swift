import CKernels
import Testing

@testable import Kernels

@Suite struct FlatKernelTests {
    @Test(arguments: sizes, InstructionLevel.available)
    func `add is exact`(count: Int, level: InstructionLevel) {
        let (x, y) = (noise(count, "x"), noise(count, "y"))
        let sum = written(count, initial: y) { level.loops.pointee.add($0, x, count) }
        #expect(sum == zip(x, y).map { $0 + $1 })
    }

    @Test(arguments: sizes, InstructionLevel.available)
    func `column sums are added in the order of the rows`(columns: Int, level: InstructionLevel) {
        for rows in [0, 1, 2, 9] {
            let (x, initial) = (noise(rows * columns, "x"), noise(columns, "sums"))
            var expected = initial
            for index in x.indices { expected[index % columns] += x[index] }
            let sums = written(columns, initial: initial) { level.loops.pointee.column_sums(x, rows, columns, $0) }
            #expect(sums == expected)
        }
    }

    @Test(arguments: sizes + [4_095, 4_096, 4_097, 10_000], InstructionLevel.available)
    func `the squared norm is right to a few roundings`(count: Int, level: InstructionLevel) {
        let x = noise(count, "x")
        let norm = level.loops.pointee.squared_norm(x, count)
        let expected = x.doubles.reduce(0) { $0 + $1 * $1 }
        // A lane adds at most 256 squares before it is summed in Double; their roundings mostly cancel.
        #expect(abs(norm - expected) <= 8 * rounding * expected)
    }

    @Test(arguments: InstructionLevel.available)
    func `nothing at all is left alone`(level: InstructionLevel) {
        let loops = level.loops.pointee
        #expect(loops.squared_norm([], 0) == 0)
        #expect(written(0) { loops.add($0, [], 0) }.isEmpty)
        #expect(written(0) { loops.gelu_forward([], $0, 0) }.isEmpty)
        #expect(written(0) { loops.dropout([], $0, 0, 1, 0, 1, 1) }.isEmpty)
    }
}
