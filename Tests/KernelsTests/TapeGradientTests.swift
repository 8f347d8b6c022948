import Testing

@testable import Kernels

@Suite struct TapeGradientTests {
    @Test(arguments: GradientCase.all, InstructionLevel.available)
    func `gradients are the slopes of the forward pass`(testCase: GradientCase, level: InstructionLevel) {
        // The five-point rule with step 1/16 is off by step⁴/30 = 5e-7 times the fifth derivative, and by the rounding
        // of outputs of unit size, 6e-8, divided by the step, for each output that changes.
        for error in onOneThread(level, { GradientCheck(testCase, context: $0).worstError() }) {
            #expect(error <= 1e-5)
        }
    }

    @Test(arguments: GradientCase.all)
    func `what recycled buffers held before does not matter`(testCase: GradientCase) {
        let equal = onOneThread(.current) { context in
            let check = GradientCheck(testCase, context: context)
            let fresh = check.gradients()
            for _ in 0..<3 { check.poison() }
            let again = check.gradients()
            return fresh.inputs == again.inputs && fresh.parameters == again.parameters
        }
        #expect(equal == [true])
    }
}
