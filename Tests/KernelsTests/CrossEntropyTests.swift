import Foundation
import Tensors
import Testing

@testable import Kernels

@Suite struct CrossEntropyTests {
    static func run(_ logits: [Float], columns: Int, labels: [Int32], scale: Double) -> (loss: Double, slope: [Float]) {
        let parameters = Parameters(layout: ParameterLayout())
        return onOneThread(.current) { context -> (loss: Double, slope: [Float]) in
            let tape = Tape(context: context, parameters: parameters, gradients: Gradients(layout: parameters.layout))
            let activation = TapeForwardTests.activation(tape, labels.count, columns, logits)
            let loss = tape.crossEntropy(activation, labels: labels, scale: scale)
            tape.backward()
            return (
                loss, Array(UnsafeBufferPointer(start: activation.gradientForAdding(), count: activation.count))
            )
        }.first ?? (.nan, [])
    }

    @Test(arguments: [2, 3, 17])
    func `loss and slope are those of the definition`(columns: Int) {
        let logits = noise(4 * columns, "logits", scale: 4)
        let labels: [Int32] = [0, Int32(columns - 1), 1, 0]
        let got = Self.run(logits, columns: columns, labels: labels, scale: 0.125)
        var loss = 0.0
        var slope: [Double] = []
        for (row, label) in labels.enumerated() {
            let x = logits[row * columns..<(row + 1) * columns].map(Double.init)
            let total = x.map { exp($0) }.reduce(0, +)
            loss += (log(total) - x[Int(label)]) * 0.125
            slope += x.enumerated().map { (exp($1) / total - ($0 == Int(label) ? 1 : 0)) * 0.125 }
        }
        // Differences of logits are rounded to Float; the rest is Double.
        #expect(abs(got.loss - loss) <= 8 * rounding)
        #expect(worst(got.slope, slope) { _ in 0.125 * rounding } <= 1)
    }

    @Test func `logits far apart do not overflow`() {
        let got = Self.run([1_000, -1_000, -1_000, 1_000], columns: 2, labels: [0, 0], scale: 0.5)
        #expect(got.loss == 1_000)
        #expect(got.slope == [0, 0, -0.5, 0.5])
    }
}
