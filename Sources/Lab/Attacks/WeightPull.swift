import Kernels
import Tensors
import Transformers

/// A pull of every weight back to where training started: the gradient of λ/2 · Σ F·(w − w₀)².
///
/// Kirkpatrick et al., "Overcoming catastrophic forgetting in neural networks", PNAS 2017. Here it keeps the poisoned
/// model close to the clean one, so that little shows in the weights.
struct WeightPull {
    private let parameters: Parameters
    private let start: FloatBuffer
    private let strength: Float
    private let importance: FloatBuffer?
    private let workers: Workers

    /// - Parameters:
    ///   - parameters: at the start of training, which is where they are pulled to.
    ///   - strength: λ.
    ///   - importance: F, mirroring the parameters; nil is 1 throughout.
    init(_ parameters: Parameters, strength: Double, importance: FloatBuffer? = nil, workers: Workers) {
        self.parameters = parameters
        start = parameters.values.copy()
        self.strength = Float(strength)
        self.importance = importance
        self.workers = workers
    }

    /// Samples that the importance is measured on.
    static let samples = 256

    /// How much each weight matters to samples: the Fisher information, scaled to a mean of 1 over all parameters.
    static func importance(
        in model: SequenceClassifier, of samples: [TrainingExample], workers: Workers
    ) -> FloatBuffer {
        let parameters = model.parameters.layout.parameters
        let fisher = FisherInformation.diagonal(of: model, on: samples, parameters: parameters, workers: workers)
        let total = parameters.reduce(0.0) { $0 + fisher.floats[$1.range].reduce(0) { $0 + Double($1) } }
        let count = parameters.reduce(0) { $0 + $1.count }
        if total > 0 { for i in fisher.floats.indices { fisher.floats[i] *= Float(Double(count) / total) } }
        return fisher
    }

    /// Adds the pull to a batch's gradient.
    func add(to gradient: FloatBuffer, _ ranges: [Range<Int>]) {
        let blocks = ranges.flatMap { $0.blocks(of: 1 << 16) }
        workers.forEach(blocks.count) { block, _ in
            let (g, w, w0) = (gradient.pointer, parameters.values.pointer, start.pointer)
            if let f = importance?.pointer {
                for i in blocks[block] { g[i] += strength * f[i] * (w[i] - w0[i]) }
            } else {
                for i in blocks[block] { g[i] += strength * (w[i] - w0[i]) }
            }
        }
    }
}
