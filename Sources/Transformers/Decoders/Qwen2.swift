import Checkpoints

/// Qwen2 and Qwen2.5 (Yang et al. 2024): Llama's design with biased queries, keys and values.
struct Qwen2: GatedDecoderModel {
    static let modelTypes = ["qwen2"]

    let decoder: GatedDecoder

    static func traits(_ config: ModelConfig, layers: Int) throws -> GatedDecoder.Traits {
        GatedDecoder.Traits(projectionHasBias: true, windows: try config.qwenWindows(layers))
    }
}

extension ModelConfig {
    /// The window of each layer: none without `use_sliding_window`; else from `layer_types`, or from
    /// `max_window_layers` on.
    func qwenWindows(_ layers: Int) throws -> [Int?] {
        let window = try bool("use_sliding_window", default: false) ? try self.window(default: 4_096) : nil
        let firstSliding = try integer("max_window_layers", in: 0...16_777_216, default: 28)
        let types = try layerTypes(layers) { window != nil && $0 >= firstSliding ? .sliding : .full }
        if window == nil, types.contains(.sliding) {
            throw ModelError(
                .unsupportedOption, file: file,
                detail: "layer_types names sliding_attention but there is no sliding_window in use; set both or none")
        }
        return types.map { $0 == .sliding ? window : nil }
    }
}
