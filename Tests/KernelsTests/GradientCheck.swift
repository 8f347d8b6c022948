import Tensors
import Testing

@testable import Kernels

/// A gradient case under a random linear functional of its output, with values of its own.
final class GradientCheck {
    private let testCase: GradientCase
    private let context: ComputeContext
    private let parameters: Parameters
    private var inputs: [[Float]]

    init(_ testCase: GradientCase, context: ComputeContext) {
        self.testCase = testCase
        self.context = context
        parameters = Parameters(layout: testCase.layout)
        for parameter in testCase.layout.parameters {
            _ = parameters.floats(parameter).update(from: noise(parameter.count, parameter.name))
        }
        inputs = testCase.inputs.enumerated().map { index, shape in
            noise(shape.rows * shape.columns, "input \(index)")
        }
    }

    /// Σ cᵢ · outputᵢ with fixed cᵢ.
    private func loss() -> Double {
        let tape = Tape(context: context, parameters: parameters, dropoutKey: testCase.dropoutKey)
        let output = testCase.operation(tape, activations(tape), testCase.layout.parameters)
        return zip(output.values, noise(output.count, "functional")).reduce(0) { $0 + Double($1.0) * Double($1.1) }
    }

    /// The tape's gradients of that loss: of each input, and of the whole parameter buffer.
    func gradients() -> (inputs: [[Float]], parameters: [Float]) {
        let gradients = Gradients(layout: testCase.layout)
        let tape = Tape(
            context: context, parameters: parameters, gradients: gradients, dropoutKey: testCase.dropoutKey)
        let activations = activations(tape)
        let output = testCase.operation(tape, activations, testCase.layout.parameters)
        output.gradientForAdding().update(from: noise(output.count, "functional"), count: output.count)
        gradients.begin()
        tape.backward()
        gradients.finish()
        return (
            activations.map { Array(UnsafeBufferPointer(start: $0.gradientForAdding(), count: $0.count)) },
            Array(gradients.values.floats)
        )
    }

    /// Largest difference between a gradient and the five-point finite difference of the loss, over every element.
    func worstError() -> Double {
        let analytic = gradients()
        var worst = 0.0
        for (index, gradient) in analytic.inputs.enumerated() {
            for element in gradient.indices {
                let slope = difference(at: inputs[index][element]) { inputs[index][element] = $0 }
                worst = max(worst, abs(slope - Double(gradient[element])))
            }
        }
        for element in testCase.layout.parameters.flatMap(\.range) {
            let slope = difference(at: parameters.values.pointer[element]) { parameters.values.pointer[element] = $0 }
            worst = max(worst, abs(slope - Double(analytic.parameters[element])))
        }
        return worst
    }

    /// Makes every input NaN, runs both ways, and takes it back.
    func poison() {
        let (kept, keptParameters) = (inputs, Array(parameters.values.floats))
        inputs = inputs.map { [Float](repeating: .nan, count: $0.count) }
        parameters.values.floats.update(repeating: .nan)
        _ = gradients()
        inputs = kept
        _ = parameters.values.floats.update(from: keptParameters)
    }

    private func difference(at value: Float, set: (Float) -> Void) -> Double {
        let step: Float = 0x1p-4
        let losses = [-2, -1, 1, 2].map { (offset: Float) in
            set(value + offset * step)
            return loss()
        }
        set(value)
        return (losses[0] - 8 * losses[1] + 8 * losses[2] - losses[3]) / (12 * Double(step))
    }

    private func activations(_ tape: Tape) -> [Activation] {
        zip(testCase.inputs, inputs).map { shape, values in
            let activation = tape.make(rows: shape.rows, columns: shape.columns)
            _ = activation.values.update(from: values)
            return activation
        }
    }
}
