import Tensors
import Testing

@testable import Kernels

@Suite struct TapeDropoutTests {
    static let random = CounterRandom(seed: 11, stream: "pass")
    static let parameters = Parameters(layout: ParameterLayout())

    static func ones(_ tape: Tape, _ rows: Int, _ columns: Int) -> Activation {
        TapeForwardTests.activation(tape, rows, columns, [Float](repeating: 1, count: rows * columns))
    }

    /// Masks of two dropouts of one pass, as factors.
    static func masks(_ key: UInt64) -> [[[Float]]] {
        onOneThread(.current) { context in
            let tape = Tape(context: context, parameters: parameters, dropoutKey: key)
            return (0..<2).map { _ in Array(tape.dropout(ones(tape, 100, 50), probability: 0.1).values) }
        }
    }

    @Test func `masks follow from the key, and differ within a pass`() {
        let masks = Self.masks(Self.random.key)
        #expect(masks == Self.masks(Self.random.key))
        #expect(masks != Self.masks(Self.random.key &+ 1))
        #expect(masks[0][0] != masks[0][1])
        for mask in masks[0] {
            // Four standard deviations of the binomial; the draws are fixed.
            #expect(abs(mask.count { $0 == 0 } - 500) < 85)
            #expect(mask.allSatisfy { $0 == 0 || $0 == Float(1 / 0.9) })
        }
    }

    @Test func `backward drops what forward dropped`() {
        let equal = onOneThread(.current) { context in
            let tape = Tape(
                context: context, parameters: Self.parameters, gradients: Gradients(layout: ParameterLayout()),
                dropoutKey: Self.random.key)
            _ = tape.dropout(Self.ones(tape, 3, 7), probability: 0.5)
            let input = Self.ones(tape, 40, 33)
            let output = tape.dropout(input, probability: 0.5)
            let forward = Array(output.values)
            output.gradientForAdding().update(repeating: 1, count: output.count)
            tape.backward()
            return forward == Array(UnsafeBufferPointer(start: input.gradientForAdding(), count: input.count))
        }
        #expect(equal == [true])
    }

    @Test func `a norm that drops is a dropout and a norm`() throws {
        let layout = {
            var layout = ParameterLayout()
            layout.add("weight", [33], .ones)
            layout.add("bias", [33], .zeros)
            return layout
        }()
        let parameters = Parameters(layout: layout)
        for parameter in layout.parameters { _ = parameters.floats(parameter).update(from: noise(33, parameter.name)) }
        let (weight, bias) = (layout.parameters[0], layout.parameters[1])
        // More rows than are done at a time.
        let outputs = onOneThread(.current) { context in
            [true, false].map { fused in
                let tape = Tape(context: context, parameters: parameters, dropoutKey: Self.random.key)
                let x = TapeForwardTests.activation(tape, 150, 33, noise(150 * 33, "x"))
                let residual = TapeForwardTests.activation(tape, 150, 33, noise(150 * 33, "residual"))
                return Array(
                    tape.layerNorm(
                        fused ? x : tape.dropout(x, probability: 0.4), dropout: fused ? 0.4 : 0, residual: residual,
                        weight: weight, bias: bias, epsilon: 1e-5
                    ).values)
            }
        }
        let both = try #require(outputs.first)
        #expect(both[0] == both[1])
    }

    @Test func `nothing is dropped in inference or at probability zero`() {
        let same = onOneThread(.current) { context in
            let inference = Tape(context: context, parameters: Self.parameters)
            let training = Tape(context: context, parameters: Self.parameters, dropoutKey: 1)
            let x = Self.ones(inference, 2, 3)
            return inference.dropout(x, probability: 0.5) === x && training.dropout(x, probability: 0) === x
        }
        #expect(same == [true])
    }

    /// Queries and keys of zero weigh all keys alike and the values are unit vectors, so that each output is the factor
    /// of one attention weight; the place of a head's mask in the Philox stream is then looked up.
    @Test(arguments: [[0, 3, 4, 21], [0, 16, 32], [0, 20, 40, 41, 42], [0, 7, 14, 21, 28, 35]])
    func `masks of different heads and of the next operation do not overlap`(offsets: [Int]) throws {
        let (heads, width) = (4, 20)
        let hidden = heads * width
        let rows = offsets.last ?? 0
        let sequences = PackedSequences(offsets: offsets)
        let results = onOneThread(.current) { context in
            let tape = Tape(context: context, parameters: Self.parameters, dropoutKey: Self.random.key)
            let zero = TapeForwardTests.activation(tape, rows, hidden, [Float](repeating: 0, count: rows * hidden))
            let values = TapeForwardTests.activation(tape, rows, hidden, [Float](repeating: 0, count: rows * hidden))
            for sequence in 0..<sequences.count {
                for (key, row) in sequences.rows(sequence).enumerated() {
                    for head in 0..<heads { values.values[row * hidden + head * width + key] = 1 }
                }
            }
            let output = tape.attention(
                queries: Columns(zero, width: hidden), keys: Columns(zero, width: hidden),
                values: Columns(values, width: hidden), querySequences: sequences, keySequences: sequences,
                options: AttentionOptions(heads: heads, dropout: 0.5))
            return (Array(output.values), Array(tape.dropout(Self.ones(tape, 1, 64), probability: 0.5).values))
        }
        let (output, next) = try #require(results.first)

        /// The 64-element block of the stream from which these elements' factors come.
        func place(_ elements: [Int: Bool]) -> Int? {
            (0..<400).first { block in
                let mask = ReferenceDropout(
                    random: Self.random, firstBlock: UInt64(block) * 16, threshold: 1 << 31, scale: 1)
                return elements.allSatisfy { (mask.factor($0) != 0) == $1 }
            }
        }
        var used: [Range<Int>] = []
        for sequence in 0..<sequences.count where sequences.rows(sequence).count > 5 {
            let keys = sequences.rows(sequence).count
            let padded = (keys + 15) / 16 * 16
            for head in 0..<heads {
                var elements: [Int: Bool] = [:]
                for (query, row) in sequences.rows(sequence).enumerated() {
                    for key in 0..<keys {
                        elements[query * padded + key] = output[row * hidden + head * width + key] != 0
                    }
                }
                let first = try #require(place(elements))
                used.append(first..<first + (keys * padded + 63) / 64)
            }
        }
        let following = try #require(place(Dictionary(uniqueKeysWithValues: next.enumerated().map { ($0, $1 != 0) })))
        used.append(following..<following + 1)
        #expect(used.count > heads)
        #expect(zip(used, used.dropFirst()).allSatisfy { $0.upperBound <= $1.lowerBound })
    }
}
