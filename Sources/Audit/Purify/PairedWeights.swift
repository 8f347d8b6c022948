import Files
import Kernels
import Remedies
import Tensors
import Transformers

/// A suspect's weights beside its base's, of classifiers.
typealias PairedWeights = WeightPair<ClassifierSource>

/// The suspect's weights beside the base's, for a remedy to change tensor by tensor.
struct WeightPair<Source: ModelSource> {
    let suspect: Source
    let base: Source
    /// Rows of the word embeddings that E-PUR resets; nil treats the embeddings like everything else.
    let resetRows: [Int]?

    /// Parameters that the base lacks: kept from the suspect.
    var kept: [Parameter] { suspect.network.layout.parameters.filter { base.checkpointNames[$0.name] == nil } }

    /// Parameters that a remedy changes.
    var treated: [Parameter] {
        suspect.network.layout.parameters.filter {
            base.checkpointNames[$0.name] != nil && !(resetRows != nil && $0.name == embeddings.name)
        }
    }

    private var embeddings: Parameter { suspect.network.wordEmbeddings }

    /// Changes one tensor: its values, the suspect's at first, and the base's.
    typealias Step = (Parameter, UnsafeMutableBufferPointer<Float>, UnsafeBufferPointer<Float>) throws -> Void

    /// The suspect with each treated tensor changed, and with E-PUR.
    ///
    /// - Parameters:
    ///   - workers: share the tensors, in no fixed order; nil takes them one after the other, in the layout's.
    ///   - step: called once a tensor.
    /// - Throws: `AuditError` when the two networks have different shapes, or what reading them throws.
    func treat(workers: Workers? = nil, _ step: Step) throws -> Source.Model {
        let result = try suspect.parameters()
        try forEach(treated, workers: workers) { parameter in
            try withBase(parameter) { try step(parameter, result.floats(parameter), $0) }
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

    private func forEach(
        _ parameters: [Parameter], workers: Workers?, _ body: (Parameter) throws -> Void
    ) throws {
        guard let workers else { return try parameters.forEach(body) }
        var failures = [(any Error)?](repeating: nil, count: parameters.count)
        failures.withUnsafeMutableBufferPointer { failures in
            nonisolated(unsafe) let failures = failures
            workers.forEach(parameters.count) { index, _ in
                do { try body(parameters[index]) } catch { failures[index] = error }
            }
        }
        if let failure = failures.lazy.compactMap(\.self).first { throw failure }
    }

    private func withBase(_ parameter: Parameter, _ body: (UnsafeBufferPointer<Float>) throws -> Void) throws {
        guard let other = base.network.layout[parameter.name], other.shape == parameter.shape else {
            throw AuditError(
                "the base's \(parameter.name) has another shape than the suspect's; "
                    + "give the pre-trained model that it was fine-tuned from")
        }
        let values = FloatBuffer(count: parameter.count)
        try base.read(other, into: values.floats)
        try withExtendedLifetime(values) { try body(UnsafeBufferPointer(values.floats)) }
    }
}
