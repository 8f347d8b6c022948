import Remedies
import Tensors
import Transformers

/// Fine-mixing's first half: the suspect's weights mixed with the base's, and E-PUR.
struct Mixing {
    let suspect: ClassifierSource
    let base: ClassifierSource
    /// Rows of the word embeddings that E-PUR resets; nil mixes the embeddings like everything else.
    let resetRows: [Int]?
    let seed: UInt64

    /// Parameters that the base lacks: kept from the suspect.
    var kept: [Parameter] { suspect.architecture.layout.parameters.filter { base.checkpointNames[$0.name] == nil } }

    /// Parameters that are mixed.
    var mixed: [Parameter] {
        suspect.architecture.layout.parameters.filter {
            base.checkpointNames[$0.name] != nil && !(resetRows != nil && $0.name == embeddings.name)
        }
    }

    private var embeddings: Parameter { suspect.architecture.wordEmbeddings }

    /// The mix at a reserve ratio.
    ///
    /// - Throws: `AuditError` when the two networks have different shapes, or what reading them throws.
    func mix(rho: Double) throws -> SequenceClassifier {
        let result = try suspect.parameters()
        for parameter in mixed {
            let values = result.floats(parameter)
            try withBase(parameter) {
                try FineMixing.mix(
                    suspect: UnsafeBufferPointer(values), base: $0, into: values, rho: rho, seed: seed,
                    name: parameter.name)
            }
        }
        if let resetRows {
            try withBase(embeddings) {
                try EmbeddingPurification.reset(
                    rows: resetRows, of: result.floats(embeddings), to: $0, width: embeddings.columns,
                    name: embeddings.name)
            }
        }
        return suspect.with(result)
    }

    private func withBase(_ parameter: Parameter, _ body: (UnsafeBufferPointer<Float>) throws -> Void) throws {
        guard let other = base.architecture.layout[parameter.name], other.shape == parameter.shape else {
            throw AuditError(
                "the base's \(parameter.name) has another shape than the suspect's; "
                    + "give the pre-trained model that it was fine-tuned from")
        }
        let values = FloatBuffer(count: parameter.count)
        try base.read(other, into: values.floats)
        try withExtendedLifetime(values) { try body(UnsafeBufferPointer(values.floats)) }
    }
}
