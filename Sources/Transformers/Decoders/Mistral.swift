import Checkpoints
import StrictJSON

/// Mistral (Jiang et al. 2023): Llama's design in which every layer sees a window.
struct Mistral: GatedDecoderModel {
    static let modelTypes = ["mistral"]

    let decoder: GatedDecoder

    static func traits(_ config: ModelConfig, layers: Int) throws -> GatedDecoder.Traits {
        GatedDecoder.Traits(windows: [Int?](repeating: try config.window(default: 4_096), count: layers))
    }
}

extension ModelConfig {
    /// `sliding_window`: null is no window, and an absent entry the default.
    func window(default size: Int) throws -> Int? {
        if let entry = json["sliding_window"], entry.isNull { return nil }
        return try integer("sliding_window", in: 1...16_777_216, default: size)
    }
}
