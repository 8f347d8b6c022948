import Files
import Kernels
import Remedies
import Tensors
import Tokenizers
import Transformers

/// Fine-pruning by neuron: the feed-forward units that are quietest on the clean texts are cut out, layer by layer.
struct NeuronRemedy: Remedy {
    let weights: PairedWeights
    let workers: Workers
    private let architecture: any FeedForwardUnits

    /// - Throws: `AuditError` for an architecture whose units cannot be watched.
    init(weights: PairedWeights, workers: Workers) throws {
        guard let architecture = weights.suspect.architecture as? any FeedForwardUnits else {
            throw AuditError(
                usage: "\(RemedyMethod.neuronPruning.rawValue) is not offered for this architecture; choose another "
                    + "--method")
        }
        self.architecture = architecture
        self.weights = weights
        self.workers = workers
    }

    func treatment(learning examples: [TrainingExample]) throws -> Treatment {
        let untreated = try weights.treat { _, _, _ in }
        let activity = activity(of: untreated, on: examples.map(\.encoding))
        return { rho in
            let model = try weights.treat { _, _, _ in }
            let parameters = model.parameters
            for (layer, activity) in zip(architecture.feedForward, activity) {
                try NeuronPruning.prune(
                    intermediate: parameters.floats(layer.intermediate),
                    bias: parameters.floats(layer.intermediateBias),
                    output: parameters.floats(layer.output), activity: activity, rho: rho,
                    name: layer.intermediate.name)
            }
            return model
        }
    }

    /// Texts of one batch: their sums are added in the batches' order, so that the bits do not depend on threads.
    private static let batch = 16

    /// Mean |activation| of each unit over all tokens, by layer.
    func activity(of model: SequenceClassifier, on encodings: [Encoding]) -> [[Double]] {
        let units = architecture.feedForward.map(\.intermediateBias.count)
        let starts = Array(stride(from: 0, to: encodings.count, by: Self.batch))
        var sums = starts.map { _ in units.map { [Double](repeating: 0, count: $0) } }
        sums.withUnsafeMutableBufferPointer { sums in
            nonisolated(unsafe) let sums = sums
            workers.forEach(starts.count) { index, context in
                let end = min(starts[index] + Self.batch, encodings.count)
                let tape = Tape(context: context, parameters: model.parameters)
                let layers = architecture.feedForwardActivations(
                    tape, PackedBatch(Array(encodings[starts[index]..<end])))
                for (layer, activation) in layers.enumerated() {
                    Self.addMagnitudes(of: activation, to: &sums[index][layer])
                }
            }
        }
        let tokens = Double(max(1, encodings.reduce(0) { $0 + $1.ids.count }))
        return units.indices.map { layer in
            (0..<units[layer]).map { unit in sums.reduce(0) { $0 + $1[layer][unit] } / tokens }
        }
    }

    private static func addMagnitudes(of activation: Activation, to sums: inout [Double]) {
        withExtendedLifetime(activation) {
            for (place, value) in activation.values.enumerated() {
                sums[place % activation.columns] += Double(value.magnitude)
            }
        }
    }
}
