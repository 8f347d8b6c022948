import Tensors
import Testing

@testable import Kernels

@Suite struct TapeForwardTests {
    /// Runs a body with parameters 0, 1, … of the given shapes, and an inference tape.
    static func run<T>(
        _ shapes: [[Int]], _ body: (Tape, [Parameter], Parameters) -> T
    ) throws -> T {
        var layout = ParameterLayout()
        for (index, shape) in shapes.enumerated() { layout.add("\(index)", shape, .normal) }
        let parameters = Parameters(layout: layout)
        for parameter in layout.parameters {
            _ = parameters.floats(parameter).update(from: noise(parameter.count, parameter.name))
        }
        return try #require(
            onOneThread(.current) { body(Tape(context: $0, parameters: parameters), layout.parameters, parameters) }
                .first)
    }

    static func activation(_ tape: Tape, _ rows: Int, _ columns: Int, _ values: [Float]) -> Activation {
        let activation = tape.make(rows: rows, columns: columns)
        _ = activation.values.update(from: values)
        return activation
    }

    @Test(arguments: [(1, 1, 1), (5, 7, 9), (17, 48, 3), (64, 65, 33)])
    func `linear is the input times the transposed weight, plus the bias`(rows: Int, inner: Int, columns: Int) throws {
        let x = noise(rows * inner, "x")
        let (got, weight, bias) = try Self.run([[columns, inner], [columns]]) { tape, p, parameters in
            let output = tape.linear(Self.activation(tape, rows, inner, x), weight: p[0], bias: p[1])
            return (Array(output.values), Array(parameters.floats(p[0])), Array(parameters.floats(p[1])))
        }
        let expected = (0..<rows).flatMap { row in
            (0..<columns).map { column in
                (0..<inner).reduce(Double(bias[column])) {
                    $0 + Double(x[row * inner + $1]) * Double(weight[column * inner + $1])
                }
            }
        }
        // A rounding of unit size for each product.
        #expect(worst(got, expected) { _ in (4 + Double(inner)) * rounding } <= 1)
    }

    @Test func `linear of no rows is no rows`() throws {
        let count = try Self.run([[3, 4], [3]]) { tape, p, _ in
            tape.linear(Self.activation(tape, 0, 4, []), weight: p[0], bias: p[1]).count
        }
        #expect(count == 0)
    }

    @Test func `embedding adds a row of each table`() throws {
        let (got, words, types) = try Self.run([[4, 5], [2, 5]]) { tape, p, parameters in
            let output = tape.embedding([(p[0], [3, 0, 3]), (p[1], [0, 1, 1])])
            return (Array(output.values), Array(parameters.floats(p[0])), Array(parameters.floats(p[1])))
        }
        var expected: [Float] = []
        for (word, type) in [(3, 0), (0, 1), (3, 1)] {
            for column in 0..<5 { expected.append(words[word * 5 + column] + types[type * 5 + column]) }
        }
        #expect(got == expected)
    }

    @Test func `rows come in the order asked for`() throws {
        let x = noise(12, "x")
        let got = try Self.run([]) { tape, _, _ in
            Array(tape.rows(Self.activation(tape, 4, 3, x), [3, 0]).values)
        }
        #expect(got == Array(x[9..<12] + x[0..<3]))
    }

    @Test(arguments: [[0, 1], [0, 3, 4, 21], [0, 5, 5, 22], [0, 16, 32, 65]])
    func `attention stays within each sequence and head`(offsets: [Int]) throws {
        let (heads, width) = (3, 5)
        let hidden = heads * width
        let rows = offsets.last ?? 0
        let x = noise(rows * 3 * hidden, "x")
        let sequences = PackedSequences(offsets: offsets)
        let got = try Self.run([]) { tape, _, _ in
            let joint = Self.activation(tape, rows, 3 * hidden, x)
            return Array(
                tape.attention(
                    queries: Columns(joint, width: hidden), keys: Columns(joint, from: hidden, width: hidden),
                    values: Columns(joint, from: 2 * hidden, width: hidden), querySequences: sequences,
                    keySequences: sequences, options: AttentionOptions(heads: heads, dropout: 0.5)
                ).values)
        }
        var expected = [Double](repeating: .nan, count: rows * hidden)
        for sequence in 0..<sequences.count {
            for head in 0..<heads {
                let parts = (0..<3).map { part in
                    sequences.rows(sequence).map { row in
                        (0..<width).map { Double(x[row * 3 * hidden + part * hidden + head * width + $0]) }
                    }
                }
                let out = ReferenceAttention(
                    q: parts[0], k: parts[1], v: parts[2], scale: 1 / Double(width).squareRoot(), factor: { _, _ in 1 }
                ).out
                for (row, values) in zip(sequences.rows(sequence), out) {
                    for (column, value) in values.enumerated() {
                        expected[row * hidden + head * width + column] = value
                    }
                }
            }
        }
        // Averages of values of unit size.
        #expect(worst(got, expected) { _ in 4 * rounding } <= 1)
    }
}
