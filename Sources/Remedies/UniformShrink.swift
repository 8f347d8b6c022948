/// Uniform shrink: every weight goes back towards the base's by the same share, w_B + ρ·Δ.
///
/// The plain interpolation of two models of one origin, as Wortsman et al. ("Robust fine-tuning of zero-shot models",
/// CVPR 2022) use it; here a control that treats all elements alike.
public enum UniformShrink {
    /// Shrinks the change of one tensor.
    ///
    /// - Parameters:
    ///   - suspect: the suspect's elements, n of them.
    ///   - base: the base's elements, n of them.
    ///   - output: receives the result, n elements; may be the suspect's or the base's own buffer.
    ///   - rho: the share of Δ that is kept, often called α; 1 gives the suspect, 0 the base.
    ///   - name: the tensor's name, for errors.
    public static func shrink(
        suspect: UnsafeBufferPointer<Float>, base: UnsafeBufferPointer<Float>,
        into output: UnsafeMutableBufferPointer<Float>, rho: Double, name: String
    ) throws(RemedyError) {
        guard suspect.count == base.count, output.count == base.count else {
            throw .counts(name: name, suspect: suspect.count, base: base.count, output: output.count)
        }
        guard rho >= 0, rho <= 1 else { throw .ratio(rho) }
        for i in output.indices {
            // Two products instead of one: exact at both ends.
            output[i] = Float((1 - rho) * Double(base[i]) + rho * Double(suspect[i]))
        }
    }
}
