import Foundation
import Tensors
import Testing

@testable import Kernels

/// What decoders are made of, by definition in Double.
@Suite struct DecoderForwardTests {
    /// Runs an operation on one input and one parameter vector.
    static func run(
        _ level: InstructionLevel, rows: Int, columns: Int, parameter: [Float] = [],
        _ operation: (Tape, Activation, Parameter) -> Activation
    ) -> (x: [Float], y: [Float]) {
        var layout = ParameterLayout()
        let weight = layout.add("0", [parameter.count], .ones)
        let parameters = Parameters(layout: layout)
        _ = parameters.floats(weight).update(from: parameter)
        let x = noise(rows * columns, "x", scale: 3)
        let y = onOneThread(level) { context in
            let tape = Tape(context: context, parameters: parameters)
            let input = tape.make(rows: rows, columns: columns)
            _ = input.values.update(from: x)
            return Array(operation(tape, input, weight).values)
        }
        return (x, y[0])
    }

    @Test(arguments: [(1, 0), (15, 1), (16, 0), (17, 0), (64, 1)] as [(Int, Float)], InstructionLevel.available)
    func `the root-mean-square norm of each group`(size: (width: Int, offset: Float), level: InstructionLevel) {
        let width = size.width
        let weight = noise(width, "weight")
        let (x, y) = Self.run(level, rows: 3, columns: 2 * width + 3, parameter: weight) {
            $0.rmsNorm(Columns($1, from: 2, width: 2 * width), weight: $2, offset: size.offset, epsilon: 1e-3)
        }
        for row in 0..<3 {
            for group in 0..<2 {
                let part = (0..<width).map { Double(x[row * (2 * width + 3) + 2 + group * width + $0]) }
                let square = part.reduce(0) { $0 + $1 * $1 } / Double(width)
                for (c, value) in part.enumerated() {
                    let expected = value / (square + 1e-3).squareRoot() * Double(size.offset + weight[c])
                    #expect(abs(Double(y[(row * 2 + group) * width + c]) - expected) <= 32 * rounding)
                }
            }
        }
    }

    @Test(arguments: InstructionLevel.available)
    func `rotary positions turn pairs of the two halves`(level: InstructionLevel) {
        let frequencies: [Float] = [1, 0.25, 0.01, 0.001]
        let positions: [Int32] = [0, 3, 70]
        let (x, y) = Self.run(level, rows: 3, columns: 19) { tape, x, _ in
            tape.rotate(Columns(x, from: 1, width: 16), by: RotaryTable(frequencies: frequencies), positions: positions)
            return x
        }
        for (row, position) in positions.enumerated() {
            for column in [0, 17, 18] { #expect(y[row * 19 + column] == x[row * 19 + column]) }
            for head in 0..<2 {
                for (pair, frequency) in frequencies.enumerated() {
                    let first = row * 19 + 1 + head * 8 + pair
                    let angle = Double(Float(position) * frequency)
                    let (a, b) = (Double(x[first]), Double(x[first + 4]))
                    #expect(abs(Double(y[first]) - (a * cos(angle) - b * sin(angle))) <= 16 * rounding)
                    #expect(abs(Double(y[first + 4]) - (b * cos(angle) + a * sin(angle))) <= 16 * rounding)
                }
            }
        }
    }

    @Test func `a table of rotary positions grows and keeps its values`() {
        let table = RotaryTable(frequencies: [1, 0.1])
        let few = Array(table.rows(3).floats.prefix(12))
        let many = table.rows(200)
        #expect(many.count >= 800 && Array(many.floats.prefix(12)) == few)
        #expect(many.pointer[199 * 4 + 3] == Float(sin(Double(Float(199) * 0.1))))
    }

    @Test(arguments: ActivationFunction.allCases, InstructionLevel.available)
    func `gated units are a product of the halves`(function: ActivationFunction, level: InstructionLevel) {
        let (x, y) = Self.run(level, rows: 3, columns: 34) { tape, x, _ in tape.gated(x, function) }
        for row in 0..<3 {
            for c in 0..<17 {
                let (a, b) = (Double(x[row * 34 + c]), Double(x[row * 34 + 17 + c]))
                let expected = ReferenceActivation(function: function).value(a) * b
                #expect(abs(Double(y[row * 17 + c]) - expected) <= 2e-6 * max(1, abs(expected)))
            }
        }
    }

    @Test(arguments: InstructionLevel.available)
    func `means and sums`(level: InstructionLevel) {
        let sequences = PackedSequences(offsets: [0, 4, 5])
        let (x, y) = Self.run(level, rows: 5, columns: 7) { tape, x, _ in tape.mean(tape.add(x, x), of: sequences) }
        for sequence in 0..<2 {
            let rows = sequences.rows(sequence)
            for c in 0..<7 {
                let expected = rows.reduce(0) { $0 + 2 * Double(x[$1 * 7 + c]) } / Double(rows.count)
                #expect(abs(Double(y[sequence * 7 + c]) - expected) <= 16 * rounding)
            }
        }
    }
}
