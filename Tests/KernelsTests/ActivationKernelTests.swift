import CKernels
import Testing

@testable import Kernels

@Suite struct ActivationKernelTests {
    typealias Forward = (UnsafePointer<Float>?, UnsafeMutablePointer<Float>?, Int) -> Void
    typealias Backward = (UnsafePointer<Float>?, UnsafePointer<Float>?, UnsafeMutablePointer<Float>?, Int) -> Void

    static func loops(_ function: ActivationFunction, _ level: InstructionLevel) -> (Forward, Backward) {
        let table = level.loops.pointee
        return switch function {
        case .gelu: (table.gelu_forward, table.gelu_backward)
        case .geluTanh: (table.gelu_tanh_forward, table.gelu_tanh_backward)
        case .relu: (table.relu_forward, table.relu_backward)
        case .silu: (table.silu_forward, table.silu_backward)
        case .tanh: (table.tanh_forward, table.tanh_backward)
        }
    }

    /// Errors allowed at `x`: of the value, and of the slope.
    ///
    /// gelu's erf is a polynomial with error 1.5e-7, so Φ is off by 0.75e-7 and rounding, and the value by |x| times
    /// that. The others lose a few roundings; where 1 − t² or 1 + t cancels, those are of 1, times x and the slope of
    /// the inner polynomial.
    static func allowed(_ function: ActivationFunction, _ x: Double) -> (value: Double, slope: Double) {
        switch function {
        case .gelu: (2.4e-7 * abs(x) + 1e-38, 3e-7)
        case .geluTanh: (2 * rounding * abs(x) + 1e-38, 4 * rounding * (1 + abs(x) + min(abs(x), 4)))
        case .relu: (1e-38, 1e-38)
        case .silu: (2 * rounding * abs(x) + 1e-38, 2 * rounding * (1 + abs(x)))
        case .tanh: (abs(x) < 0.1414 ? 4 * rounding * abs(x) + 1e-38 : 3 * rounding, 8 * rounding)
        }
    }

    /// Small, ordinary and saturating arguments of both signs.
    static let arguments: [Float] =
        [0, -0.0, 1e-30, -1e-30, 1e-4, -1e-4, 0.1414, -0.1415, 40, -40, 87, -88, 89, -90, 1_000, -1_000]
        + noise(2_000, "ordinary", scale: 6) + noise(500, "small", scale: 0.2) + noise(500, "large", scale: 30)

    @Test(arguments: ActivationFunction.allCases, InstructionLevel.available)
    func `value and slope are those of the definition`(_ function: ActivationFunction, _ level: InstructionLevel) {
        let (forward, backward) = Self.loops(function, level)
        let reference = ReferenceActivation(function: function)
        let x = Self.arguments
        let ones = [Float](repeating: 1, count: x.count)
        let y = written(x.count) { forward(x, $0, x.count) }
        let slope = written(x.count) { backward(x, ones, $0, x.count) }
        let shares = x.indices.map { index in
            let argument = Double(x[index])
            let allowed = Self.allowed(function, argument)
            return (
                value: abs(Double(y[index]) - reference.value(argument)) / allowed.value,
                slope: abs(Double(slope[index]) - reference.slope(argument)) / allowed.slope
            )
        }
        #expect(shares.allSatisfy { $0.value <= 1 }, "worst \(shares.map(\.value).max() ?? 0) of what is allowed")
        #expect(shares.allSatisfy { $0.slope <= 1 }, "worst \(shares.map(\.slope).max() ?? 0) of what is allowed")
    }

    @Test(arguments: ActivationFunction.allCases, InstructionLevel.available)
    func `every length gives the bits of one element at a time`(
        _ function: ActivationFunction, _ level: InstructionLevel
    ) {
        let (forward, backward) = Self.loops(function, level)
        for count in sizes {
            let x = noise(count, "x", scale: 3)
            let dy = noise(count, "dy")
            var y: [Float] = []
            var dx: [Float] = []
            for index in 0..<count {
                y += written(1) { forward([x[index]], $0, 1) }
                dx += written(1) { backward([x[index]], [dy[index]], $0, 1) }
            }
            #expect(written(count) { forward(x, $0, count) } == y)
            #expect(written(count) { backward(x, dy, $0, count) } == dx)
            // In place, as the header allows.
            #expect(written(count, initial: x) { forward($0, $0, count) } == y)
            #expect(written(count, initial: dy) { backward(x, $0, $0, count) } == dx)
        }
    }

    @Test(arguments: ActivationFunction.allCases, InstructionLevel.available)
    func `a value that is not a number stays one`(_ function: ActivationFunction, _ level: InstructionLevel) {
        guard function != .relu else { return }
        let (forward, _) = Self.loops(function, level)
        #expect(written(1) { forward([.nan], $0, 1) }[0].isNaN)
    }
}
