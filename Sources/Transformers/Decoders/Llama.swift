import Checkpoints

/// Llama (Touvron et al. 2023, Grattafiori et al. 2024): grouped queries, rotary positions, gated units.
struct Llama: GatedDecoderModel {
    static let modelTypes = ["llama"]

    let decoder: GatedDecoder

    static func traits(_ config: ModelConfig, layers: Int) throws -> GatedDecoder.Traits {
        let hasBias = try config.bool("attention_bias", default: false)
        return GatedDecoder.Traits(
            projectionHasBias: hasBias, outputHasBias: hasBias,
            unitsHaveBias: try config.bool("mlp_bias", default: false),
            windows: [Int?](repeating: nil, count: layers))
    }
}
