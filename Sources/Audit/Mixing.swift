import Remedies
import Tensors
import Transformers

/// Fine-mixing's first half: the suspect's weights mixed with the base's, and E-PUR.
struct Mixing: Remedy {
    let weights: PairedWeights
    let seed: UInt64

    init(weights: PairedWeights, seed: UInt64) {
        self.weights = weights
        self.seed = seed
    }

    /// - Parameters:
    ///   - resetRows: rows of the word embeddings that E-PUR resets; nil mixes the embeddings like everything else.
    ///   - seed: of the masks.
    init(suspect: ClassifierSource, base: ClassifierSource, resetRows: [Int]?, seed: UInt64) {
        self.init(weights: PairedWeights(suspect: suspect, base: base, resetRows: resetRows), seed: seed)
    }

    /// Rows of the word embeddings that E-PUR resets.
    var resetRows: [Int]? { weights.resetRows }

    /// Parameters that the base lacks: kept from the suspect.
    var kept: [Parameter] { weights.kept }

    /// Parameters that are mixed.
    var mixed: [Parameter] { weights.treated }

    /// The mix at a reserve ratio.
    ///
    /// - Throws: `AuditError` when the two networks have different shapes, or what reading them throws.
    func mix(rho: Double) throws -> SequenceClassifier {
        try weights.treat { parameter, values, base in
            try FineMixing.mix(
                suspect: UnsafeBufferPointer(values), base: base, into: values, rho: rho, seed: seed,
                name: parameter.name)
        }
    }

    func treatment(learning examples: [TrainingExample]) -> Treatment { mix }
}
