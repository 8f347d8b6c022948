import Kernels
import Remedies
import Tensors

/// The remedies that `assay purify` offers, by their names on the command line.
public enum RemedyMethod: String, CaseIterable, Codable, Sendable {
    case fineMixing = "fine-mixing"
    case fineMixingSel = "fine-mixing-sel"
    case fineTuning = "fine-tuning"
    case finePruning = "fine-pruning"
    case neuronPruning = "neuron-pruning"
    case finePurifying = "fine-purifying"
    case spectral
    case shrink

    /// The reserve ratios that are tried where none are given, rising.
    public var defaultGrid: [Double] { self == .fineTuning ? [1] : (0...10).map { Double($0) / 10 } }

    /// What the reserve ratio ρ stands for, in the method's own terms.
    public var parameterName: String {
        switch self {
        case .fineMixing: "share of elements kept from the suspect, random"
        case .fineMixingSel: "share of elements kept from the suspect, those that moved most"
        case .fineTuning: "share of elements kept from the suspect"
        case .finePruning: "share of elements set to zero"
        case .neuronPruning: "share of feed-forward units pruned"
        case .finePurifying: "share of elements reset to the base"
        case .spectral: "multiple of the hard threshold"
        case .shrink: "α"
        }
    }

    /// The method's own parameter at a reserve ratio; nil where it is infinite.
    public func parameter(rho: Double) -> Double? {
        switch self {
        case .fineMixing, .fineMixingSel, .fineTuning, .shrink: rho
        case .finePruning, .neuronPruning, .finePurifying: Self.rounded(1 - rho)
        case .spectral: rho > 0 ? Self.rounded((1 - rho) / rho) : nil
        }
    }

    /// Without the last digits, in which 1 − 0.9 is not 0.1.
    private static func rounded(_ value: Double) -> Double { (value * 1e9).rounded() / 1e9 }
}

extension RemedyMethod {
    /// The remedy for a pair of models.
    ///
    /// - Parameter seed: of random masks.
    /// - Throws: `AuditError` where the architecture does not offer it, or what reading the weights throws.
    func remedy(_ weights: PairedWeights, seed: UInt64, workers: Workers) throws -> any Remedy {
        switch self {
        case .fineTuning: TensorwiseRemedy(weights: weights) { _, _, _, _ in }
        case .fineMixing: Mixing(weights: weights, seed: seed)
        case .fineMixingSel:
            TensorwiseRemedy(weights: weights) { parameter, values, base, rho in
                try FineMixing.mixSelected(
                    suspect: UnsafeBufferPointer(values), base: base, into: values, rho: rho, name: parameter.name)
            }
        case .finePruning:
            TensorwiseRemedy(weights: weights) { parameter, values, _, rho in
                try FinePruning.prune(values, rho: rho, seed: seed, name: parameter.name)
            }
        case .shrink:
            TensorwiseRemedy(weights: weights) { parameter, values, base, rho in
                try UniformShrink.shrink(
                    suspect: UnsafeBufferPointer(values), base: base, into: values, rho: rho, name: parameter.name)
            }
        case .neuronPruning: try NeuronRemedy(weights: weights, workers: workers)
        case .finePurifying: PurifyingRemedy(weights: weights, workers: workers)
        case .spectral: try SpectralRemedy(weights: weights, workers: workers)
        }
    }
}
