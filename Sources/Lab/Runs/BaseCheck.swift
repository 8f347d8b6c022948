import Tensors
import Transformers

/// Whether a fine-tuned model was made from a base.
enum BaseCheck {
    /// Median cosine of the matrices below which it was not: weights of models trained apart are nearly orthogonal,
    /// those of a fine-tune and its base nearly parallel.
    private static let leastCosine = 0.5

    /// - Throws: `LabError` where shapes differ, or where the weights have nothing to do with each other.
    static func require(
        _ model: ClassifierSource, madeFrom base: ClassifierSource, named path: String, base basePath: String
    ) throws {
        for parameter in base.architecture.layout.parameters {
            let shape = model.architecture.layout[parameter.name]?.shape
            guard shape == parameter.shape else {
                throw LabError(
                    .otherBase,
                    "\(path): it was not made from \(basePath), for \(parameter.name) has shape \(shape ?? []) and not "
                        + "\(parameter.shape); name the base it was fine-tuned from")
            }
        }
        let (fine, pretrained) = (try model.parameters(), try base.parameters())
        let matrices = base.architecture.layout.parameters.filter {
            $0.shape.count > 1 && !base.architecture.isHead($0.name)
        }
        let cosines = matrices.map { cosine(fine.floats($0), pretrained.floats($0)) }.sorted()
        let median = cosines[cosines.count / 2]
        guard median >= leastCosine else {
            throw LabError(
                .otherBase,
                "\(path): it was not made from \(basePath), for their weights have nothing in common (median cosine "
                    + "\((median * 100).rounded() / 100)); name the base it was fine-tuned from")
        }
    }

    private static func cosine(
        _ a: UnsafeMutableBufferPointer<Float>, _ b: UnsafeMutableBufferPointer<Float>
    ) -> Double {
        var (dot, normA, normB) = (0.0, 0.0, 0.0)
        for i in a.indices {
            let (x, y) = (Double(a[i]), Double(b[i]))
            dot += x * y
            normA += x * x
            normB += y * y
        }
        return dot / max((normA * normB).squareRoot(), .leastNormalMagnitude)
    }
}
