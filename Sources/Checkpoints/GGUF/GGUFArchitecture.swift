/// A family of networks whose tensors and settings are translated from llama.cpp's names to those of transformers.
enum GGUFArchitecture: String, CaseIterable {
    /// Llama, and Mistral where a sliding window is set.
    case llama
    case qwen2
    case qwen3
    case gemma3

    /// The family that `general.architecture` names.
    init(_ metadata: GGUFMetadata) throws(CheckpointError) {
        let name = try metadata.string("general.architecture")
        guard let architecture = Self(rawValue: name) else {
            throw CheckpointError(
                .ggufArchitecture, file: metadata.file,
                detail: "its architecture \(CheckpointError.quote(name)) is not supported; supported: "
                    + Self.allCases.map(\.rawValue).joined(separator: ", "))
        }
        self = architecture
    }

    /// The transformers name of a tensor; `nil` for one that this family does not have.
    ///
    /// - Parameter stored: the name in the file, such as `blk.0.attn_q.weight`.
    func checkpointName(_ stored: String) -> String? {
        let parts = stored.split(separator: ".", omittingEmptySubsequences: false)
        guard let suffix = parts.last, suffix == "weight" || suffix == "bias" else { return nil }
        if parts.count == 2 { return Self.outerNames[String(parts[0])].map { "\($0).\(suffix)" } }
        guard parts.count == 4, parts[0] == "blk", let layer = Int(parts[1]), layer >= 0, "\(layer)" == parts[1],
            let name = layerNames[String(parts[2])]
        else { return nil }
        return "model.layers.\(layer).\(name).\(suffix)"
    }

    private static let outerNames = [
        "token_embd": "model.embed_tokens", "output_norm": "model.norm", "output": "lm_head",
    ]

    private var layerNames: [String: String] {
        var names = [
            "attn_norm": "input_layernorm", "attn_q": "self_attn.q_proj", "attn_k": "self_attn.k_proj",
            "attn_v": "self_attn.v_proj", "attn_output": "self_attn.o_proj", "ffn_norm": "post_attention_layernorm",
            "ffn_gate": "mlp.gate_proj", "ffn_up": "mlp.up_proj", "ffn_down": "mlp.down_proj",
        ]
        if self == .qwen3 || self == .gemma3 {
            names["attn_q_norm"] = "self_attn.q_norm"
            names["attn_k_norm"] = "self_attn.k_norm"
        }
        if self == .gemma3 {
            names["post_attention_norm"] = "post_attention_layernorm"
            names["ffn_norm"] = "pre_feedforward_layernorm"
            names["post_ffw_norm"] = "post_feedforward_layernorm"
        }
        return names
    }

    /// Whether llama.cpp stores the rows of the projection called `name`, by transformers, as pairs of halves.
    func interleavesHeads(_ name: String) -> Bool {
        self == .llama && (name.contains(".self_attn.q_proj.") || name.contains(".self_attn.k_proj."))
    }

    /// Whether llama.cpp adds 1 to the tensor called `name`, by transformers.
    func addsOne(_ name: String) -> Bool {
        self == .gemma3 && (name.hasSuffix("norm.weight") || name.hasSuffix("_layernorm.weight"))
    }
}
