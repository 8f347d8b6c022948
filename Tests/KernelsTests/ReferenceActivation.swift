import Foundation
import Kernels

/// Value and slope of an activation function in Double, by its definition.
struct ReferenceActivation {
    let function: ActivationFunction

    func value(_ x: Double) -> Double {
        switch function {
        case .gelu: x * Self.normal(x)
        case .geluTanh: 0.5 * x * (1 + tanh(Self.inner(x)))
        case .relu: max(x, 0)
        case .silu: x / (1 + exp(-x))
        case .tanh: tanh(x)
        }
    }

    func slope(_ x: Double) -> Double {
        switch function {
        case .gelu: return Self.normal(x) + x * exp(-x * x / 2) / (2 * Double.pi).squareRoot()
        case .geluTanh:
            let t = tanh(Self.inner(x))
            let innerSlope = (2 / Double.pi).squareRoot() * (1 + 3 * 0.044715 * x * x)
            return 0.5 * (1 + t) + 0.5 * x * (1 - t * t) * innerSlope
        case .relu: return x > 0 ? 1 : 0
        case .silu:
            let s = 1 / (1 + exp(-x))
            return s * (1 + x * (1 - s))
        case .tanh: return 1 - tanh(x) * tanh(x)
        }
    }

    /// The standard normal distribution function.
    private static func normal(_ x: Double) -> Double { 0.5 * erfc(-x / 2.0.squareRoot()) }

    private static func inner(_ x: Double) -> Double { (2 / Double.pi).squareRoot() * (x + 0.044715 * x * x * x) }
}
