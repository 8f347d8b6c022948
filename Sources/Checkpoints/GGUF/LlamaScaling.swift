import Glibc
import StrictJSON

/// Llama 3's rule by which slow rotary frequencies are divided.
///
/// llama.cpp stores the divisors it computed and drops the four numbers that they came from, so these are found again
/// among those of the published models.
enum LlamaScaling {
    /// Divisors of the published models; the lower and upper bounds are 1 and 4 and the context 8,192 in all of them.
    private static let factors: [Double] = [8, 16, 32]
    private static let context = 8_192

    /// The entry `rope_scaling` of config.json; `nil` where the divisors are absent or all 1.
    static func read(_ stored: (any TensorSource)?, _ metadata: GGUFMetadata) throws(CheckpointError) -> JSONObject? {
        guard let stored else { return nil }
        let count = stored.tensor.elementCount
        guard count <= 65_536 else { throw unknown(metadata) }
        var divisors = [Float](repeating: 0, count: count)
        try divisors.withUnsafeMutableBufferPointer { buffer throws(CheckpointError) in
            try stored.read(0..<count, into: buffer)
        }
        if divisors.allSatisfy({ $0 == 1 }) { return nil }
        let base = try metadata.optionalNumber("llama.rope.freq_base", in: 1e-6...1e15) ?? 10_000
        let match = factors.first { factor in
            divisors.enumerated().allSatisfy { index, divisor in
                let expected = Self.divisor(index, of: count, base: base, factor: factor)
                return abs(Double(divisor) - expected) <= 1e-3 * expected
            }
        }
        guard let match else { throw unknown(metadata) }
        var json = JSONObject()
        json["rope_type"] = .string("llama3")
        json["factor"] = .number(match)
        json["low_freq_factor"] = .number(1)
        json["high_freq_factor"] = .number(4)
        json["original_max_position_embeddings"] = .integer(context)
        return json
    }

    /// What frequency number `index` is divided by.
    static func divisor(_ index: Int, of count: Int, base: Double, factor: Double) -> Double {
        let wavelength = 2 * Double.pi * pow(base, Double(index) / Double(count))
        let turns = Double(context) / wavelength
        if turns > 4 { return 1 }
        if turns < 1 { return factor }
        let share = (turns - 1) / 3
        return 1 / ((1 - share) / factor + share)
    }

    private static func unknown(_ metadata: GGUFMetadata) -> CheckpointError {
        CheckpointError(
            .ggufPositions, file: metadata.file,
            detail: "the divisors of its rotary frequencies (rope_freqs.weight) are those of no published model")
    }
}
