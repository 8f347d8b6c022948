import Remedies
import Tensors
import Transformers

/// Fine-mixing's first half: the suspect's weights mixed with the base's, and E-PUR.
struct Mixing {
    let suspect: SequenceClassifier
    let base: SequenceClassifier
    /// Rows of the word embeddings that E-PUR resets; nil mixes the embeddings like everything else.
    let resetRows: [Int]?
    let seed: UInt64

    /// Parameters that the base lacks: kept from the suspect.
    var kept: [Parameter] { suspect.parameters.layout.parameters.filter { base.checkpointNames[$0.name] == nil } }

    /// Parameters that are mixed.
    var mixed: [Parameter] {
        suspect.parameters.layout.parameters.filter {
            base.checkpointNames[$0.name] != nil && !(resetRows != nil && $0.name == embeddings.name)
        }
    }

    private var embeddings: Parameter { suspect.architecture.wordEmbeddings }

    /// The mix at a reserve ratio.
    ///
    /// - Throws: `AuditError` when the two networks have different shapes.
    func mix(rho: Double) throws -> SequenceClassifier {
        let result = suspect.parameters.copy()
        for parameter in mixed {
            try FineMixing.mix(
                suspect: UnsafeBufferPointer(suspect.parameters.floats(parameter)), base: try baseFloats(parameter),
                into: result.floats(parameter), rho: rho, seed: seed, name: parameter.name)
        }
        if let resetRows {
            try EmbeddingPurification.reset(
                rows: resetRows, of: result.floats(embeddings), to: try baseFloats(embeddings),
                width: embeddings.columns, name: embeddings.name)
        }
        return suspect.with(result)
    }

    private func baseFloats(_ parameter: Parameter) throws -> UnsafeBufferPointer<Float> {
        guard let other = base.parameters.layout[parameter.name], other.shape == parameter.shape else {
            throw AuditError(
                "the base's \(parameter.name) has another shape than the suspect's; "
                    + "give the pre-trained model that it was fine-tuned from")
        }
        return UnsafeBufferPointer(base.parameters.floats(other))
    }
}
