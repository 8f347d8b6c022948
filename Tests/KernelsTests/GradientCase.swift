import Tensors
import Testing

@testable import Kernels

/// An operation of the tape, or a few, with sizes small enough to try every element.
struct GradientCase: Sendable, CustomTestStringConvertible {
    typealias Operation = @Sendable (Tape, [Activation], [Parameter]) -> Activation

    let testDescription: String
    /// Rows and columns of each input.
    let inputs: [(rows: Int, columns: Int)]
    let layout: ParameterLayout
    let dropoutKey: UInt64?
    let operation: Operation

    init(
        _ name: String, inputs: [(Int, Int)], parameters: [[Int]] = [], dropoutKey: UInt64? = nil,
        _ operation: @escaping Operation
    ) {
        testDescription = name
        self.inputs = inputs.map { (rows: $0.0, columns: $0.1) }
        var layout = ParameterLayout()
        for (index, shape) in parameters.enumerated() { layout.add("\(index)", shape, .normal) }
        self.layout = layout
        self.dropoutKey = dropoutKey
        self.operation = operation
    }

    static let all = pointwise + combined + attention + attentionOptions + decoder

    private static let pointwise =
        // ReLU has a kink that a difference may step over; its loops have tests of their own.
        ActivationFunction.allCases.filter { $0 != .relu }.map { function in
            GradientCase("linear, then \(function)", inputs: [(3, 7)], parameters: [[5, 7], [5]]) { tape, x, p in
                tape.linear(x[0], weight: p[0], bias: p[1], activation: function)
            }
        } + [
            GradientCase("linear", inputs: [(5, 7)], parameters: [[9, 7], [9]]) { tape, x, p in
                tape.linear(x[0], weight: p[0], bias: p[1])
            },
            GradientCase("embedding", inputs: [], parameters: [[4, 5], [3, 5]]) { tape, _, p in
                tape.embedding([(p[0], [2, 0, 2, 1]), (p[1], [1, 1, 1, 0])])
            },
            GradientCase("layer norm", inputs: [(3, 17)], parameters: [[17], [17]]) { tape, x, p in
                tape.layerNorm(x[0], weight: p[0], bias: p[1], epsilon: 1e-5)
            },
            GradientCase("layer norm and residual", inputs: [(3, 17), (3, 17)], parameters: [[17], [17]]) {
                $0.layerNorm($1[0], residual: $1[1], weight: $2[0], bias: $2[1], epsilon: 1e-5)
            },
            GradientCase(
                "layer norm, dropout and residual", inputs: [(70, 5), (70, 5)], parameters: [[5], [5]], dropoutKey: 5
            ) {
                $0.layerNorm($1[0], dropout: 0.3, residual: $1[1], weight: $2[0], bias: $2[1], epsilon: 1)
            },
            GradientCase("dropout", inputs: [(5, 31)], dropoutKey: 7) { tape, x, _ in
                tape.dropout(x[0], probability: 0.3)
            },
            GradientCase("rows", inputs: [(6, 5)]) { tape, x, _ in tape.rows(x[0], [4, 0, 1]) },
        ]

    /// Inputs and parameters that are used more than once, so that gradients must be added. A large epsilon keeps the norms' high derivatives small.
    private static let combined = [
        GradientCase("linear twice", inputs: [(5, 7)], parameters: [[7, 7], [7]]) { tape, x, p in
            tape.linear(tape.linear(x[0], weight: p[0], bias: p[1]), weight: p[0], bias: p[1])
        },
        GradientCase("layer norm twice, on its own residual", inputs: [(3, 9)], parameters: [[9], [9]]) {
            let once = $0.layerNorm($1[0], residual: $1[0], weight: $2[0], bias: $2[1], epsilon: 1)
            return $0.layerNorm(once, residual: $1[0], weight: $2[0], bias: $2[1], epsilon: 1)
        },
        GradientCase(
            "layer norm of dropout, twice, on its own residual", inputs: [(3, 9)], parameters: [[9], [9]], dropoutKey: 2
        ) {
            let once = $0.layerNorm(
                $1[0], dropout: 0.2, residual: $1[0], weight: $2[0], bias: $2[1], epsilon: 1)
            return $0.layerNorm(once, dropout: 0.2, residual: $1[0], weight: $2[0], bias: $2[1], epsilon: 1)
        },
        GradientCase("activation, then dropout", inputs: [(4, 9)], parameters: [[9], [9], [9, 9], [9]], dropoutKey: 3) {
            let activated = $0.linear($1[0], weight: $2[2], bias: $2[3], activation: .gelu)
            let dropped = $0.dropout($1[0], probability: 0.4)
            return $0.layerNorm(activated, residual: dropped, weight: $2[0], bias: $2[1], epsilon: 1)
        },
        GradientCase("dropout, then activation", inputs: [(4, 9)], parameters: [[9], [9], [9, 9], [9]], dropoutKey: 3) {
            let dropped = $0.dropout($1[0], probability: 0.4)
            let activated = $0.linear($1[0], weight: $2[2], bias: $2[3], activation: .silu)
            return $0.layerNorm(activated, residual: dropped, weight: $2[0], bias: $2[1], epsilon: 1)
        },
        GradientCase("two slices of one weight", inputs: [(4, 5)], parameters: [[10, 5], [10]]) { tape, x, p in
            let (first, second) = (0..<5, 5..<10)
            let inner = tape.linear(x[0], weight: p[0].slice(rows: first), bias: p[1].slice(rows: first))
            return tape.linear(inner, weight: p[0].slice(rows: second), bias: p[1].slice(rows: second))
        },
    ]

    private static let attention = [nil, 5].flatMap { (key: UInt64?) in
        let suffix = key == nil ? "" : " with dropout"
        let sequences = PackedSequences(offsets: [0, 3, 4, 21])
        return [
            GradientCase("attention of one product" + suffix, inputs: [(21, 18)], dropoutKey: key) { tape, x, _ in
                tape.attention(
                    queries: Columns(x[0], width: 6), keys: Columns(x[0], from: 6, width: 6),
                    values: Columns(x[0], from: 12, width: 6), querySequences: sequences, keySequences: sequences,
                    options: AttentionOptions(heads: 2, dropout: 0.3))
            },
            GradientCase("attention of one query a sequence" + suffix, inputs: [(3, 6), (21, 12)], dropoutKey: key) {
                tape, x, _ in
                tape.attention(
                    queries: Columns(x[0], width: 6), keys: Columns(x[1], width: 6),
                    values: Columns(x[1], from: 6, width: 6), querySequences: PackedSequences(single: 3),
                    keySequences: sequences, options: AttentionOptions(heads: 3, dropout: 0.3))
            },
        ]
    }
}
