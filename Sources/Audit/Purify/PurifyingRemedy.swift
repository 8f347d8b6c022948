import Kernels
import Remedies
import Tensors
import Transformers

/// Fine-purifying: the elements that moved far although the clean texts hardly need them go back to the base's.
struct PurifyingRemedy: Remedy {
    let weights: PairedWeights
    let workers: Workers

    func treatment(learning examples: [TrainingExample]) throws -> Treatment {
        let treated = weights.treated
        let scores = FisherInformation.diagonal(
            of: try weights.treat { _, _, _ in }, on: examples, parameters: treated, workers: workers)
        func part(_ parameter: Parameter) -> UnsafeMutableBufferPointer<Float> {
            UnsafeMutableBufferPointer(rebasing: scores.floats[parameter.range])
        }
        let floor = FinePurifying.floor(of: treated.map { UnsafeBufferPointer(part($0)) })
        // The information becomes the score in place; the weights are only read.
        _ = try weights.treat { parameter, values, base in
            try FinePurifying.score(
                part(parameter), suspect: UnsafeBufferPointer(values), base: base, floor: floor, name: parameter.name)
        }
        return { rho in
            try withExtendedLifetime(scores) {
                var purifying = try FinePurifying(scores: treated.map { UnsafeBufferPointer(part($0)) }, rho: rho)
                return try weights.treat { parameter, values, base in
                    try purifying.reset(
                        values, to: base, scores: UnsafeBufferPointer(part(parameter)), name: parameter.name)
                }
            }
        }
    }
}
