import Checkpoints

/// Qwen3 (Yang et al. 2025): Qwen2's design whose heads of query and key are normalised instead of biased.
struct Qwen3: GatedDecoderModel {
    static let modelTypes = ["qwen3"]

    let decoder: GatedDecoder

    static func traits(_ config: ModelConfig, layers: Int) throws -> GatedDecoder.Traits {
        let hasBias = try config.bool("attention_bias", default: false)
        return GatedDecoder.Traits(
            projectionHasBias: hasBias, outputHasBias: hasBias, headWidth: 128, normalizesHeads: true,
            windows: try config.qwenWindows(layers))
    }
}
