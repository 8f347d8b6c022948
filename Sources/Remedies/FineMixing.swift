import Tensors

/// Fine-mixing: w_mix = m ⊙ w_suspect + (1 − m) ⊙ w_base, the mask m drawn at random element by element.
///
/// Zhang, Lyu, Ma, Wang and Sun, "Fine-mixing: Mitigating Backdoors in Fine-tuned Language Models", Findings of EMNLP
/// 2022. The mixed model must then be fine-tuned on a small clean set.
public enum FineMixing {
    /// Mixes one tensor.
    ///
    /// - Parameters:
    ///   - suspect: the suspect's elements, n of them.
    ///   - base: the base's elements, n of them.
    ///   - output: receives the mix, n elements; may be the suspect's or the base's own buffer.
    ///   - rho: the reserve ratio, the share kept from the suspect; 1 gives the suspect, 0 the base.
    ///   - seed: the run's seed.
    ///   - name: the tensor's name, which keys the mask.
    /// - Returns: the number of elements kept from the suspect, ⌊ρ·n⌋.
    @discardableResult
    public static func mix(
        suspect: UnsafeBufferPointer<Float>, base: UnsafeBufferPointer<Float>,
        into output: UnsafeMutableBufferPointer<Float>, rho: Double, seed: UInt64, name: String
    ) throws(RemedyError) -> Int {
        guard suspect.count == base.count, output.count == base.count else {
            throw .counts(name: name, suspect: suspect.count, base: base.count, output: output.count)
        }
        let mask = try MixMask(count: suspect.count, rho: rho, seed: seed, name: name)
        mask.select(suspect, base, into: output)
        return mask.kept
    }

    /// Mixes one tensor into a new array.
    public static func mix(
        suspect: [Float], base: [Float], rho: Double, seed: UInt64, name: String
    ) throws(RemedyError) -> [Float] {
        guard suspect.count == base.count else {
            throw .counts(name: name, suspect: suspect.count, base: base.count, output: suspect.count)
        }
        let mask = try MixMask(count: suspect.count, rho: rho, seed: seed, name: name)
        return [Float](unsafeUninitializedCapacity: suspect.count) { output, initialized in
            suspect.withUnsafeBufferPointer { suspect in
                base.withUnsafeBufferPointer { mask.select(suspect, $0, into: output) }
            }
            initialized = suspect.count
        }
    }
}

extension MixMask {
    /// Writes the suspect's kept elements and the base's others; the three buffers hold `count` elements each.
    func select(
        _ suspect: UnsafeBufferPointer<Float>, _ base: UnsafeBufferPointer<Float>,
        into output: UnsafeMutableBufferPointer<Float>
    ) {
        guard let last else {
            for i in 0..<count { output[i] = base[i] }
            return
        }
        let threshold = SIMD4<UInt32>(repeating: last.key)
        for block in 0..<(count / 4) {
            let keys = random.block(UInt64(block))
            let start = block * 4
            var keep = keys .< threshold
            if any(keys .== threshold) {
                for lane in 0..<4 where keys[lane] == last.key { keep[lane] = start + lane <= last.index }
            }
            for lane in 0..<4 { output[start + lane] = keep[lane] ? suspect[start + lane] : base[start + lane] }
        }
        for i in (count - count % 4)..<count { output[i] = keeps(i) ? suspect[i] : base[i] }
    }
}
