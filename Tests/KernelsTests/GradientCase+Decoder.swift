import Tensors

@testable import Kernels

extension GradientCase {
    /// What pre-norm networks and decoders are made of.
    static let decoder: [GradientCase] =
        [
            GradientCase("linear without bias, stored inputs first", inputs: [(3, 7)], parameters: [[7, 5]]) {
                tape, x, p in
                tape.linear(x[0], weight: p[0], bias: nil, storage: LinearStorage(inputsFirst: true))
            },
            GradientCase("linear twice, stored inputs first", inputs: [(3, 7)], parameters: [[7, 7], [7]]) {
                tape, x, p in
                let storage = LinearStorage(inputsFirst: true)
                let once = tape.linear(x[0], weight: p[0], bias: p[1], storage: storage)
                return tape.linear(once, weight: p[0], bias: p[1], storage: storage)
            },
            GradientCase("embedding, and a product with its table", inputs: [], parameters: [[6, 5]]) { tape, _, p in
                let x = tape.embedding([(p[0], [4, 1, 1])])
                return tape.linear(x, weight: p[0], bias: nil, storage: LinearStorage(isTable: true))
            },
            GradientCase("layer norm without bias", inputs: [(3, 17)], parameters: [[17]]) { tape, x, p in
                tape.layerNorm(x[0], weight: p[0], bias: nil, epsilon: 0.1)
            },
            GradientCase("root-mean-square norm", inputs: [(3, 19)], parameters: [[17]]) { tape, x, p in
                tape.rmsNorm(Columns(x[0], from: 1, width: 17), weight: p[0], epsilon: 0.5)
            },
            GradientCase("root-mean-square norm of heads, twice", inputs: [(3, 20)], parameters: [[6]]) { tape, x, p in
                let once = tape.rmsNorm(Columns(x[0], from: 2, width: 18), weight: p[0], epsilon: 1)
                return tape.rmsNorm(Columns(once, width: 18), weight: p[0], epsilon: 1)
            },
            GradientCase("root-mean-square norm above one", inputs: [(3, 19)], parameters: [[17]]) { tape, x, p in
                tape.rmsNorm(Columns(x[0], from: 1, width: 17), weight: p[0], offset: 1, epsilon: 0.5)
            },
            GradientCase("scale, twice", inputs: [(3, 5)]) { tape, x, _ in
                tape.add(tape.scaled(x[0], by: 1.5), tape.scaled(x[0], by: -4))
            },
            GradientCase("rotary positions", inputs: [(4, 3)], parameters: [[14, 3]]) { tape, x, p in
                let product = tape.linear(x[0], weight: p[0], bias: nil)
                let table = RotaryTable(frequencies: [1, 0.5, 0.01])
                tape.rotate(Columns(product, from: 1, width: 12), by: table, positions: [0, 1, 5, 2])
                return product
            },
            GradientCase("mean of sequences", inputs: [(6, 5)]) { tape, x, _ in
                tape.mean(x[0], of: PackedSequences(offsets: [0, 3, 4, 6]))
            },
            GradientCase("sum with itself", inputs: [(3, 5)]) { tape, x, _ in tape.add(tape.add(x[0], x[0]), x[0]) },
            GradientCase("units gated by silu, twice", inputs: [(3, 14)]) { tape, x, _ in
                tape.add(tape.gated(x[0], .silu), tape.gated(x[0], .silu))
            },
            GradientCase("a weight and slices of it", inputs: [(4, 5)], parameters: [[15, 5], [15]]) { tape, x, p in
                sliced(tape, tape.linear(x[0], weight: p[0], bias: p[1]), p)
            },
            GradientCase("slices of a weight and all of it", inputs: [(4, 15)], parameters: [[15, 5], [15]]) {
                tape, x, p in
                tape.linear(sliced(tape, x[0], p), weight: p[0], bias: p[1])
            },
        ]
        + ActivationFunction.allCases.filter { $0 != .relu }.map { function in
            GradientCase("units gated by \(function)", inputs: [(3, 14)]) { tape, x, _ in tape.gated(x[0], function) }
        }

    /// Products of the last columns with the first and the last rows of a weight, none with those between.
    private static func sliced(_ tape: Tape, _ x: Activation, _ p: [Parameter]) -> Activation {
        func part(_ rows: Range<Int>) -> Activation {
            let narrow = tape.rmsNorm(Columns(x, from: 10, width: 5), weight: p[1].slice(rows: 5..<10), epsilon: 4)
            return tape.linear(narrow, weight: p[0].slice(rows: rows), bias: p[1].slice(rows: rows))
        }
        return tape.add(part(0..<5), part(10..<15))
    }
}
