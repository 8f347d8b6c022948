import Remedies
import Tensors
import Transformers

/// What a remedy makes of the suspect at a reserve ratio ρ, before it is fine-tuned.
typealias Treatment = (_ rho: Double) throws -> SequenceClassifier

/// A remedy's first half: the suspect's weights, changed. The second half is the same for all: fine-tuning.
///
/// The reserve ratio ρ is every remedy's one strength, from 1, which leaves the suspect as it is but for E-PUR, to 0,
/// which leaves least of it.
protocol Remedy {
    /// The treatment, ready for any reserve ratio.
    ///
    /// - Parameter examples: the clean texts that the remedy may learn from; most need none.
    func treatment(learning examples: [TrainingExample]) throws -> Treatment
}

/// A remedy that changes each tensor by itself, from nothing but the two models' weights.
struct TensorwiseRemedy: Remedy {
    let weights: PairedWeights
    /// Changes one tensor: its values, the suspect's at first, the base's, and the reserve ratio.
    let step: (Parameter, UnsafeMutableBufferPointer<Float>, UnsafeBufferPointer<Float>, Double) throws -> Void

    func treatment(learning examples: [TrainingExample]) -> Treatment {
        { rho in try weights.treat { try step($0, $1, $2, rho) } }
    }
}
