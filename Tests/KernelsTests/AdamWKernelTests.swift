import CKernels
import Foundation
import Testing

@testable import Kernels

@Suite struct AdamWKernelTests {
    /// The step of number t, with a rate of its own.
    static func constants(_ t: Int, scale: Float = 0.7) -> assay_adamw_step {
        assay_adamw_step(
            learning_rate: 1e-2 / Float(t), beta1: 0.9, beta2: 0.999, epsilon: 1e-8, weight_decay: 0.1,
            first_correction: Float(1 - pow(0.9, Double(t))), second_correction: Float(1 - pow(0.999, Double(t))),
            gradient_scale: scale)
    }

    struct State: Equatable {
        var parameter: [Float]
        var first: [Float]
        var second: [Float]

        init(_ count: Int) {
            parameter = noise(count, "parameter")
            first = noise(count, "first", scale: 0.1)
            second = noise(count, "second", scale: 0.1).map { $0 * $0 }
        }

        mutating func change(
            _ loop: (UnsafeMutablePointer<Float>, UnsafeMutablePointer<Float>, UnsafeMutablePointer<Float>) -> Void
        ) {
            let (p, m, v) = (parameter, first, second)
            parameter = written(p.count, initial: p) { p in
                first = written(m.count, initial: m) { m in
                    second = written(v.count, initial: v) { v in loop(p, m, v) }
                }
            }
        }
    }

    @Test(arguments: sizes, InstructionLevel.available)
    func `steps are those of the definition`(count: Int, level: InstructionLevel) {
        var state = State(count)
        var reference = (0..<count).map {
            ReferenceAdamW(
                parameter: Double(state.parameter[$0]), first: Double(state.first[$0]),
                second: Double(state.second[$0]))
        }
        for t in 1...4 {
            let gradient = noise(count, "gradient \(t)")
            let step = Self.constants(t)
            state.change { level.loops.pointee.adamw($0, gradient, $1, $2, count, step) }
            for index in 0..<count { reference[index].step(gradient: Double(gradient[index]), step) }
        }
        // 1 − β₂ is rounded in Float, which the kernel does too: 1 − 0.999 is off by 3e-8 / 1e-3, relative.
        #expect(worst(state.first, reference.map(\.first)) { 6 * rounding * max(abs($0), 0.1) } <= 1)
        #expect(worst(state.second, reference.map(\.second)) { 8 * rounding * $0 + 1e-12 } <= 1)
        // Four roundings of the parameter itself, and of updates of about 1e-2 / 1e-2.
        #expect(worst(state.parameter, reference.map(\.parameter)) { 8 * rounding * max(abs($0), 0.25) } <= 1)
    }

    @Test(arguments: sizes, InstructionLevel.available)
    func `catching up gives the bits of steps with gradient zero`(count: Int, level: InstructionLevel) {
        let steps = (1...23).map { Self.constants($0, scale: 1 / Float($0)) }
        var dense = State(count)
        var lazy = dense
        let zero = [Float](repeating: 0, count: count)
        for step in steps { dense.change { level.loops.pointee.adamw($0, zero, $1, $2, count, step) } }
        lazy.change { level.loops.pointee.adamw_catch_up($0, $1, $2, count, steps, steps.count) }
        #expect(lazy == dense)

        // Nor does it matter where the missed steps are cut, or that none was missed.
        var cut = State(count)
        for part in [steps[..<5], steps[5..<5], steps[5...]].map(Array.init) {
            cut.change { level.loops.pointee.adamw_catch_up($0, $1, $2, count, part, part.count) }
        }
        #expect(cut == dense)
    }

    @Test(arguments: InstructionLevel.available)
    func `a row that no step has reached yet only decays`(level: InstructionLevel) {
        var state = State(3)
        (state.first, state.second) = ([0, 0, 0], [0, 0, 0])
        let before = state.parameter
        state.change { level.loops.pointee.adamw_catch_up($0, $1, $2, 3, [Self.constants(1)], 1) }
        #expect(state.parameter == before.map { $0 * (1 - Float(1e-2) * Float(0.1)) })
    }
}
