import Tensors
import Testing

@testable import Kernels

/// Packed and rounded weights give what plain ones give, up to the rounding of factors.
@Suite(.enabled(if: Precision.bf16.isAvailable)) struct TapePrecisionTests {
    private static let layout = {
        var layout = ParameterLayout()
        layout.add("table", [3, 20], .normal)
        layout.add("weight", [33, 20], .normal)
        layout.add("bias", [33], .zeros)
        return layout
    }()

    /// Values that bf16 holds exactly, so that nothing is lost on the way into a product.
    private static func exact(_ count: Int, _ name: String) -> [Float] {
        noise(count, name).map { Float(bitPattern: UInt32(referenceBF16($0)) << 16) }
    }

    private static func parameters() -> Parameters {
        let parameters = Parameters(layout: layout)
        for parameter in layout.parameters {
            _ = parameters.floats(parameter).update(from: exact(parameter.count, parameter.name))
        }
        return parameters
    }

    struct Pass {
        var output: [Float], input: [Float], parameters: [Float]
    }

    /// Runs a layer forward and backward on inputs and slopes that bf16 holds.
    private static func run(twice: Bool, _ form: (Parameters, Workers) -> ProductWeights) throws -> Pass {
        let workers = Workers(threads: 1)
        let parameters = parameters()
        let weights = form(parameters, workers)
        let gradients = Gradients(layout: layout)
        var pass: Pass?
        withUnsafeMutablePointer(to: &pass) { pass in
            nonisolated(unsafe) let pass = pass
            workers.forEach(1) { _, context in
                let tape = Tape(context: context, parameters: parameters, gradients: gradients, weights: weights)
                let x = tape.make(rows: 17, columns: 20)
                _ = x.values.update(from: exact(x.count, "x"))
                let (weight, bias) = (layout.parameters[1], layout.parameters[2])
                let outputs = (0..<(twice ? 2 : 1)).map { _ in tape.linear(x, weight: weight, bias: bias) }
                gradients.begin()
                for output in outputs {
                    output.gradientForAdding().update(from: exact(output.count, "slope"), count: output.count)
                }
                tape.backward()
                gradients.finish()
                pass.pointee = Pass(
                    output: Array(outputs[0].values),
                    input: Array(UnsafeBufferPointer(start: x.gradientForAdding(), count: x.count)),
                    parameters: Array(gradients.values.floats))
            }
        }
        return try #require(pass)
    }

    @Test(arguments: [false, true])
    func `rounded weights, forward and backward`(twice: Bool) throws {
        let plain = try Self.run(twice: twice) { _, _ in .plain }
        let rounded = try Self.run(twice: twice) { parameters, workers in
            .rounded(RoundedWeights(parameters, except: Self.layout.parameters[0], workers: workers))
        }
        #expect(worst(rounded.output, plain.output.doubles) { _ in 48 * rounding } <= 1)
        #expect(worst(rounded.input, plain.input.doubles) { _ in 160 * rounding } <= 1)
        #expect(worst(rounded.parameters, plain.parameters.doubles) { _ in 96 * rounding } <= 1)
    }

    @Test func `master weights between two bf16 numbers are rounded, and anew after a step`() throws {
        let workers = Workers(threads: 2)
        let parameters = Self.parameters()
        let rounded = RoundedWeights(parameters, except: Self.layout.parameters[0], workers: workers)
        let weight = Self.layout.parameters[1]
        parameters.floats(weight)[5] = Float(bitPattern: 0x3f80_8001)
        let before = try #require(rounded.pointer(weight))[5]
        rounded.refresh(workers)
        let after = try #require(rounded.pointer(weight))
        #expect(before == referenceBF16(Self.exact(weight.count, "weight")[5]))
        #expect(after[5] == 0x3f81)
        #expect(try #require(rounded.pointer(weight.slice(rows: 2..<4)))[0] == after[40])
        #expect(rounded.pointer(Self.layout.parameters[0]) == nil)
    }

    @Test(arguments: Precision.allCases)
    func `packed weights in inference`(precision: Precision) throws {
        let results = onOneThread(.current) { context in
            let parameters = Self.parameters()
            let forms = [ProductWeights.plain, .packed(PackedWeights(parameters, precision: precision))]
            return forms.map { form in
                let tape = Tape(context: context, parameters: parameters, weights: form)
                let x = tape.make(rows: 17, columns: 20)
                _ = x.values.update(from: Self.exact(x.count, "x"))
                let (weight, bias) = (Self.layout.parameters[1], Self.layout.parameters[2])
                return (0..<2).map { _ in
                    Array(tape.linear(x, weight: weight, bias: bias, activation: .gelu).values)
                } + [
                    Array(
                        tape.linear(x, weight: weight.slice(rows: 4..<20), bias: bias.slice(rows: 4..<20)).values)
                ]
            }
        }
        let forms = try #require(results.first)
        for (plain, packed) in zip(forms[0], forms[1]) {
            #expect(worst(packed, plain.doubles) { _ in 48 * rounding } <= 1)
        }
    }
}
