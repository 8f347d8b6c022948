import Checkpoints
import StrictJSON

/// Whether a layer sees its whole text or a window of it.
enum LayerType: String, Sendable {
    case full = "full_attention"
    case sliding = "sliding_attention"
}

extension ModelConfig {
    /// The type of each layer, from `layer_types`; `otherwise` says it where the config does not.
    func layerTypes(_ count: Int, otherwise: (Int) throws -> LayerType) throws -> [LayerType] {
        guard let entry = json["layer_types"], !entry.isNull else { return try (0..<count).map(otherwise) }
        let names = entry.arrayValue?.map { $0.stringValue ?? "" } ?? []
        guard names.count == count else {
            throw ModelError(
                .shapeMismatch, file: file,
                detail: "layer_types has \(names.count) entries and num_hidden_layers is \(count)")
        }
        return try names.map { name in
            guard let type = LayerType(rawValue: name) else {
                throw ModelError(
                    .unsupportedOption, file: file,
                    detail: "layer type \"\(name)\" is not supported; Assay computes: full_attention, sliding_attention"
                )
            }
            return type
        }
    }
}
