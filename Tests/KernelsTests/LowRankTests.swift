import Tensors
import Testing

@testable import Kernels

/// Adapters beside frozen weights, against finite differences and against merged weights.
@Suite struct LowRankTests {
    /// Two joined maps with a bias, then one stored [in, out] with an activation and a norm; beside it some rows of the
    /// joined maps.
    private struct Network {
        let parameters: Parameters
        let joined: Parameter
        let bias: Parameter
        let swapped: Parameter
        let norm: Parameter
        var adapters: LowRankAdapters

        init() {
            var layout = ParameterLayout()
            joined = layout.addGroup([("a", 4), ("b", 5)], columns: 7, .normal)
            bias = layout.add("bias", [9], .normal)
            swapped = layout.add("swapped", [9, 6], .normal)
            norm = layout.add("norm", [6], .ones)
            parameters = Parameters(layout: layout)
            for parameter in layout.parameters {
                _ = parameters.floats(parameter).update(from: noise(parameter.count, parameter.name))
            }
            adapters = LowRankAdapters(
                ["a", "b"].compactMap { layout[$0] }.map { ($0, false) } + [(swapped, true)], rank: 2, alpha: 3,
                seed: 5)
            let own = adapters.parameters
            for parameter in own.layout.parameters {
                _ = own.floats(parameter).update(from: noise(parameter.count, parameter.name, scale: 0.3))
            }
        }

        func output(_ tape: Tape, _ x: Activation) -> Activation {
            let all = tape.linear(x, weight: joined, bias: bias)
            let last = tape.linear(
                all, weight: swapped, bias: nil, activation: .gelu, storage: LinearStorage(inputsFirst: true))
            let normed = tape.rmsNorm(Columns(last, width: 6), weight: norm, epsilon: 1)
            // Two rows of the first map and four of the second.
            return tape.add(normed, tape.linear(x, weight: joined.slice(rows: 2..<8), bias: nil))
        }
    }

    private static let factors = noise(3 * 6, "functional")

    private static func input(_ tape: Tape) -> Activation {
        let x = tape.make(rows: 3, columns: 7)
        _ = x.values.update(from: noise(3 * 7, "input", scale: 0.5))
        return x
    }

    /// Σ cᵢ · outputᵢ.
    private static func loss(_ network: Network, _ context: ComputeContext) -> Double {
        let tape = Tape(context: context, parameters: network.parameters, adapters: network.adapters)
        return zip(network.output(tape, input(tape)).values, factors).reduce(0) { $0 + Double($1.0) * Double($1.1) }
    }

    /// The tape's gradients of that loss: of the adapters and of the input.
    private static func gradients(
        _ network: Network, _ context: ComputeContext, _ weights: ProductWeights
    ) -> (adapters: [Float], input: [Float]) {
        let gradients = Gradients(layout: network.adapters.parameters.layout)
        gradients.begin()
        let tape = Tape(
            context: context, parameters: network.parameters, gradients: gradients, adapters: network.adapters,
            weights: weights)
        let x = input(tape)
        let output = network.output(tape, x)
        output.gradientForAdding().update(from: factors, count: output.count)
        tape.backward()
        gradients.finish()
        return (
            Array(gradients.values.floats), Array(UnsafeBufferPointer(start: x.gradientForAdding(), count: x.count))
        )
    }

    @Test(arguments: [false, true], InstructionLevel.available)
    func `gradients are the slopes of the forward pass`(isPacked: Bool, level: InstructionLevel) {
        let network = Network()
        let values = network.adapters.parameters.values.pointer
        let weights = isPacked ? ProductWeights.packed(PackedWeights(network.parameters, precision: .f32)) : .plain
        let errors = onOneThread(level) { context in
            let gradient = Self.gradients(network, context, weights).adapters
            return network.adapters.parameters.layout.parameters.flatMap(\.range).map { element in
                let (value, step): (Float, Float) = (values[element], 0x1p-4)
                let losses = [-2, -1, 1, 2].map { (offset: Float) in
                    values[element] = value + offset * step
                    return Self.loss(network, context)
                }
                values[element] = value
                let slope = (losses[0] - 8 * losses[1] + 8 * losses[2] - losses[3]) / (12 * Double(step))
                return abs(slope - Double(gradient[element]))
            }.max() ?? .infinity
        }
        for error in errors { #expect(error <= 1e-5) }
    }

    @Test(arguments: [false, true])
    func `the output and the input's gradient are those of merged weights`(isPacked: Bool) {
        let network = Network()
        let merged = network.adapters.merged(into: network.parameters)
        let weights = isPacked ? ProductWeights.packed(PackedWeights(network.parameters, precision: .f32)) : .plain
        let errors = onOneThread(.current) { context in
            let tape = Tape(context: context, parameters: merged, gradients: Gradients(layout: merged.layout))
            let x = Self.input(tape)
            let expected = network.output(tape, x)
            expected.gradientForAdding().update(from: Self.factors, count: expected.count)
            tape.backward()
            let slope = Array(UnsafeBufferPointer(start: x.gradientForAdding(), count: x.count))
            let own = Tape(
                context: context, parameters: network.parameters, adapters: network.adapters, weights: weights)
            let output = network.output(own, Self.input(own))
            let ownSlope = Self.gradients(network, context, weights).input
            return zip(output.values, expected.values).map { abs($0 - $1) } + zip(slope, ownSlope).map { abs($0 - $1) }
        }
        #expect(errors[0].count == 18 + 21 && errors[0].allSatisfy { $0 <= 2e-6 })
    }

    @Test func `fresh adapters change nothing`() {
        let network = Network()
        let weights = network.adapters.pairs.map { ($0.weight, $0.inputsFirst) }
        let fresh = LowRankAdapters(weights, rank: 2, alpha: 3, seed: 1)
        let merged = fresh.merged(into: network.parameters)
        withExtendedLifetime((merged, network)) {
            #expect(merged.values.floats.elementsEqual(network.parameters.values.floats))
        }
        #expect(fresh.pairs.allSatisfy { fresh.parameters.floats($0.down).allSatisfy { $0 != 0 && abs($0) <= 0.4 } })
    }
}
