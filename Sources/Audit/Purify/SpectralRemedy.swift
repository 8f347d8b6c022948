import Kernels
import Remedies
import Synchronization
import Tensors
import Transformers

/// Spectral truncation: each matrix keeps the singular directions of its change that stand out of noise; vectors keep
/// their whole change.
struct SpectralRemedy: Remedy {
    let weights: PairedWeights
    let workers: Workers
    private let truncations: [String: SpectralTruncation]

    /// Decomposes the change of every treated matrix, once for all reserve ratios.
    init(weights: PairedWeights, workers: Workers) throws {
        self.weights = weights
        self.workers = workers
        let found = Mutex<[String: SpectralTruncation]>([:])
        _ = try weights.treat(workers: workers) { parameter, values, base in
            guard parameter.shape.count > 1 else { return }
            let truncation = try SpectralTruncation(
                suspect: UnsafeBufferPointer(values), base: base, columns: parameter.columns, name: parameter.name)
            found.withLock { $0[parameter.name] = truncation }
        }
        truncations = found.withLock { $0 }
    }

    func treatment(learning examples: [TrainingExample]) -> Treatment {
        { rho in
            try weights.treat(workers: workers) { parameter, values, base in
                try truncations[parameter.name]?.truncate(values, to: base, rho: rho)
            }
        }
    }
}
