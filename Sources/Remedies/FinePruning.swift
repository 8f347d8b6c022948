import Tensors

/// Fine-pruning by weight: Fine-mixing's mask with zeros in place of the base's weights.
///
/// The form in which Zhang et al. (Fine-mixing, 2022) compare with pruning; what was pruned may move again when the
/// model is fine-tuned. It asks for no base.
public enum FinePruning {
    /// Prunes one tensor in place.
    ///
    /// - Parameters:
    ///   - weights: the suspect's elements, n of them.
    ///   - rho: the share kept; 1 prunes nothing, 0 everything.
    ///   - seed: the run's seed.
    ///   - name: the tensor's name, which keys the mask.
    /// - Returns: the number of elements kept, ⌊ρ·n⌋.
    @discardableResult
    public static func prune(
        _ weights: UnsafeMutableBufferPointer<Float>, rho: Double, seed: UInt64, name: String
    ) throws(RemedyError) -> Int {
        let zeros = FloatBuffer(count: weights.count)
        return try withExtendedLifetime(zeros) { () throws(RemedyError) in
            try FineMixing.mix(
                suspect: UnsafeBufferPointer(weights), base: UnsafeBufferPointer(zeros.floats), into: weights, rho: rho,
                seed: seed, name: name)
        }
    }
}
