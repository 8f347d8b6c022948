import Tensors

extension FineMixing {
    /// Fine-mixing (Sel): keeps the elements that fine-tuning moved most, instead of random ones.
    ///
    /// Which ones are kept is our reading of the variant; equal |Δ| go by index, and nothing is drawn at random.
    ///
    /// - Parameters:
    ///   - suspect: the suspect's elements, n of them.
    ///   - base: the base's elements, n of them.
    ///   - output: receives the mix, n elements; may be the suspect's or the base's own buffer.
    ///   - rho: the reserve ratio, the share kept from the suspect; 1 gives the suspect, 0 the base.
    ///   - name: the tensor's name, for errors.
    /// - Returns: the number of elements kept from the suspect, ⌊ρ·n⌋.
    @discardableResult
    public static func mixSelected(
        suspect: UnsafeBufferPointer<Float>, base: UnsafeBufferPointer<Float>,
        into output: UnsafeMutableBufferPointer<Float>, rho: Double, name: String
    ) throws(RemedyError) -> Int {
        guard suspect.count == base.count, output.count == base.count else {
            throw .counts(name: name, suspect: suspect.count, base: base.count, output: output.count)
        }
        guard rho >= 0, rho <= 1 else { throw .ratio(rho) }
        let kept = MixMask.keptCount(of: suspect.count, rho: rho)
        let buffer = FloatBuffer(count: suspect.count)
        withExtendedLifetime(buffer) {
            let change = buffer.floats
            for i in suspect.indices { change[i] = suspect[i] - base[i] }
            var largest = LargestElements(kept, of: [UnsafeBufferPointer(change)])
            for i in suspect.indices { output[i] = largest.takes(change[i]) ? suspect[i] : base[i] }
        }
        return kept
    }
}
