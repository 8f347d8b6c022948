import Checkpoints
import StrictJSON

/// Gemma 3 for text (Gemma Team 2025): four norms a layer, normalised heads, and windows with a rotary base of their own
/// in most layers.
struct Gemma3: GatedDecoderModel {
    static let modelTypes = ["gemma3_text"]

    let decoder: GatedDecoder

    static func traits(_ config: ModelConfig, layers: Int) throws -> GatedDecoder.Traits {
        try config.requireOff("use_bidirectional_attention")
        for key in ["attn_logit_softcapping", "final_logit_softcapping"] { try config.requireNull(key) }
        let hasBias = try config.bool("attention_bias", default: false)
        let headWidth = try config.integer("head_dim", in: 1...65_536, default: 256)
        let period = try config.integer("sliding_window_pattern", in: 1...1_000, default: 6)
        let types = try config.layerTypes(layers) { ($0 + 1) % period == 0 ? .full : .sliding }
        let window = try config.window(default: 4_096)
        let scale = try config.number("query_pre_attn_scalar", in: 1e-6...1e15, default: 256)
        return GatedDecoder.Traits(
            projectionHasBias: hasBias, outputHasBias: hasBias, headWidth: headWidth, normalizesHeads: true,
            normalizesOutputs: true, scoreScale: Float(1 / scale.squareRoot()),
            embeddingScale: Float(Double(try config.integer("hidden_size", in: 1...65_536)).squareRoot()),
            activation: ("hidden_activation", "gelu_pytorch_tanh"), isTied: true,
            windows: types.map { $0 == .sliding ? window : nil },
            slidingRotary: try config.rotaryTable(
                width: headWidth, layerType: LayerType.sliding.rawValue, thetaKey: "rope_local_base_freq",
                isScaled: false),
            rotary: (LayerType.full.rawValue, 1_000_000))
    }
}

extension ModelConfig {
    /// Refuses an option that is set.
    fileprivate func requireNull(_ key: String) throws {
        guard let entry = json[key], !entry.isNull else { return }
        throw ModelError(
            .unsupportedOption, file: file, detail: "\(key) is not supported for \(modelType); supported: null")
    }
}
