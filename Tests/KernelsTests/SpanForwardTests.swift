import Foundation
import Tensors
import Testing

@testable import Kernels

/// Attention with spans, grouped queries and biases, by its definition in Double.
@Suite struct SpanForwardTests {
    static let heads = 4
    static let shared = 2
    static let width = 5
    static let sequences = PackedSequences(offsets: [0, 3, 4, 40])

    /// Whether key j is visible from position i.
    static let spans: [(AttentionSpan, @Sendable (Int, Int) -> Bool)] = [
        (.all, { _, _ in true }), (.causal, { $1 <= $0 }), (.causal(window: 1), { $1 == $0 }),
        (.causal(window: 18), { $1 <= $0 && $0 - $1 < 18 }), (.local(0), { $0 == $1 }),
        (.local(17), { abs($0 - $1) <= 17 }),
    ]

    @Test(arguments: spans.indices, InstructionLevel.available)
    func `a query sees what its span says, and the scores have their bias`(index: Int, level: InstructionLevel) throws {
        let (span, isVisible) = Self.spans[index]
        let rows = 40
        let columns = (Self.heads + 2 * Self.shared) * Self.width
        let x = noise(rows * columns, "x", scale: 2)
        let table = noise(9 * Self.heads, "0")
        var layout = ParameterLayout()
        let parameter = layout.add("0", [9, Self.heads], .normal)
        let parameters = Parameters(layout: layout)
        _ = parameters.floats(parameter).update(from: table)
        let got = onOneThread(level) { context in
            let tape = Tape(context: context, parameters: parameters)
            let joint = tape.make(rows: rows, columns: columns)
            _ = joint.values.update(from: x)
            let keyColumn = Self.heads * Self.width
            let bias = tape.relativeBias(
                parameter, RelativePositions { Int32(min(max($0, -4), 4) + 4) }, querySequences: Self.sequences,
                keySequences: Self.sequences)
            let output = tape.attention(
                queries: Columns(joint, width: keyColumn),
                keys: Columns(joint, from: keyColumn, width: Self.shared * Self.width),
                values: Columns(joint, from: keyColumn + Self.shared * Self.width, width: Self.shared * Self.width),
                querySequences: Self.sequences, keySequences: Self.sequences,
                options: AttentionOptions(
                    heads: Self.heads, keyValueHeads: Self.shared, scale: 0.7, dropout: 0, span: span), bias: bias)
            return Array(output.values)
        }[0]
        var worst = 0.0
        for sequence in 0..<Self.sequences.count {
            let all = Array(Self.sequences.rows(sequence))
            for head in 0..<Self.heads {
                func part(_ row: Int, _ column: Int) -> [Double] {
                    (0..<Self.width).map { Double(x[row * columns + column + $0]) }
                }
                let group = head / (Self.heads / Self.shared) * Self.width
                for i in all.indices {
                    let q = part(all[i], head * Self.width)
                    let visible = all.indices.filter { isVisible(i, $0) }
                    let weights = visible.map { j in
                        let k = part(all[j], Self.heads * Self.width + group)
                        let entry = Double(table[(min(max(j - i, -4), 4) + 4) * Self.heads + head])
                        return exp(Double(Float(0.7)) * zip(q, k).reduce(0) { $0 + $1.0 * $1.1 } + entry)
                    }
                    let total = weights.reduce(0, +)
                    for c in 0..<Self.width {
                        let expected = zip(visible, weights).reduce(0) {
                            $0 + $1.1 / total * part(all[$1.0], (Self.heads + Self.shared) * Self.width + group)[c]
                        }
                        let value = got[all[i] * Self.heads * Self.width + head * Self.width + c]
                        worst = max(worst, abs(Double(value) - expected))
                    }
                }
            }
        }
        // Scores of size 10 are off by a few roundings of theirs, and so is each weight, relative.
        #expect(worst <= 64 * rounding)
    }

    /// Disentangled positions of one head, as sums over pairs.
    @Test(arguments: [1, 7], InstructionLevel.available)
    func `disentangled scores are products with the row of each distance`(queries: Int, level: InstructionLevel) {
        let (keys, width, entries) = (7, 19, 9)
        let q = noise(queries * width, "q")
        let k = noise(keys * width, "k")
        let table = noise(entries * 2 * width, "table")
        func row(_ distance: Int) -> Int { min(max(distance, -4), 4) + 4 }
        let got = onOneThread(level) { context in
            let tape = Tape(context: context, parameters: Parameters(layout: ParameterLayout()))
            func activation(_ rows: Int, _ columns: Int, _ values: [Float]) -> Activation {
                let activation = tape.make(rows: rows, columns: columns)
                _ = activation.values.update(from: values)
                return activation
            }
            let positions = activation(entries, 2 * width, table)
            let bias = tape.disentangledBias(
                [
                    RelativeScores(
                        queries: Columns(activation(queries, width, q), width: width),
                        table: Columns(positions, width: width)),
                    RelativeScores(
                        keys: Columns(activation(keys, width, k), width: width),
                        table: Columns(positions, from: width, width: width)),
                ], RelativePositions { Int32(min(max($0, -4), 4) + 4) }, heads: 1, scale: 0.5,
                querySequences: PackedSequences(offsets: [0, queries]),
                keySequences: PackedSequences(offsets: [0, keys]))
            return Array(bias.scores.values)
        }[0]
        for i in 0..<queries {
            for j in 0..<keys {
                var expected = 0.0
                for c in 0..<width {
                    let entry = row(j - i) * 2 * width + c
                    expected += 0.5 * Double(q[i * width + c]) * Double(table[entry])
                    expected += 0.5 * Double(k[j * width + c]) * Double(table[entry + width])
                }
                #expect(abs(Double(got[i * 16 + j]) - expected) <= 16 * rounding)
            }
        }
    }
}
