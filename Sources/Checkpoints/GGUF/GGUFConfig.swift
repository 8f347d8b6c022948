import StrictJSON

/// The settings of a network in a GGUF file, as transformers' config.json has them.
struct GGUFConfig {
    let architecture: GGUFArchitecture
    private let metadata: GGUFMetadata
    private let layers: Int
    private let hidden: Int
    let heads: Int
    let keyValueHeads: Int
    private let headWidth: Int
    private let slidingWindow: Int?

    /// Reads and checks the settings.
    init(_ metadata: GGUFMetadata) throws(CheckpointError) {
        let architecture = try GGUFArchitecture(metadata)
        func key(_ name: String) -> String { "\(architecture.rawValue).\(name)" }
        if let experts = try metadata.optionalInteger(key("expert_count"), in: 0...65_536), experts > 0 {
            throw CheckpointError(
                .ggufArchitecture, file: metadata.file, detail: "it is a mixture of \(experts) experts")
        }
        layers = try metadata.integer(key("block_count"), in: 1...1_000)
        hidden = try metadata.integer(key("embedding_length"), in: 1...65_536)
        heads = try metadata.integer(key("attention.head_count"), in: 1...1_024)
        keyValueHeads = try metadata.optionalInteger(key("attention.head_count_kv"), in: 1...1_024) ?? heads
        headWidth =
            try metadata.optionalInteger(key("attention.key_length"), in: 1...65_536) ?? max(1, hidden / heads)
        slidingWindow = try metadata.optionalInteger(key("attention.sliding_window"), in: 1...16_777_216)
        for other in ["attention.value_length", "rope.dimension_count"] {
            let width = try metadata.optionalInteger(key(other), in: 1...65_536) ?? headWidth
            guard width == headWidth else {
                throw CheckpointError(
                    .ggufPositions, file: metadata.file,
                    detail: "\(key(other)) is \(width), and heads have \(headWidth) columns")
            }
        }
        self.architecture = architecture
        self.metadata = metadata
    }

    /// The entries of config.json.
    ///
    /// - Parameters:
    ///   - names: of all tensors, by transformers.
    ///   - vocabulary: rows of the word embeddings.
    ///   - scaling: the entry `rope_scaling` that tensors of the file imply.
    func json(names: Set<String>, vocabulary: Int, scaling: JSONObject?) throws(CheckpointError) -> JSONObject {
        var json = JSONObject()
        json["architectures"] = .array([.string(className)])
        json["model_type"] = .string(modelType)
        json["vocab_size"] = .integer(vocabulary)
        json["hidden_size"] = .integer(hidden)
        json["intermediate_size"] = .integer(try metadata.integer(key("feed_forward_length"), in: 1...1_048_576))
        json["num_hidden_layers"] = .integer(layers)
        json["num_attention_heads"] = .integer(heads)
        json["num_key_value_heads"] = .integer(keyValueHeads)
        json["head_dim"] = .integer(headWidth)
        json["max_position_embeddings"] = .integer(try metadata.integer(key("context_length"), in: 1...16_777_216))
        json["rms_norm_eps"] = .number(try metadata.number(key("attention.layer_norm_rms_epsilon"), in: 0...1))
        json["rope_theta"] = .number(try metadata.optionalNumber(key("rope.freq_base"), in: 1e-6...1e15) ?? 10_000)
        if let scaling = try self.scaling ?? scaling { json["rope_scaling"] = .object(scaling) }
        json["attention_dropout"] = .number(0)
        json["tie_word_embeddings"] = .bool(!names.contains("lm_head.weight"))
        let name = "model.layers.0."
        switch architecture {
        case .llama, .qwen3:
            json["hidden_act"] = .string("silu")
            json["attention_bias"] = .bool(names.contains(name + "self_attn.q_proj.bias"))
            if architecture == .llama { json["mlp_bias"] = .bool(names.contains(name + "mlp.gate_proj.bias")) }
            if isMistral { json["sliding_window"] = slidingWindow.map { .integer($0) } }
        case .qwen2:
            json["hidden_act"] = .string("silu")
            json["use_sliding_window"] = .bool(false)
        case .gemma3: try addGemma(&json)
        }
        for (entry, key) in GGUFTokenizer.specialKeys {
            json["\(entry)_token_id"] = try metadata.optionalInteger(key, in: 0...vocabulary - 1).map { .integer($0) }
        }
        json["dtype"] = .string("float32")
        return json
    }

    /// Gemma 3: five of six layers see a window, with positions of another base.
    private func addGemma(_ json: inout JSONObject) throws(CheckpointError) {
        json["hidden_activation"] = .string("gelu_pytorch_tanh")
        json["attention_bias"] = .bool(false)
        // As in llama.cpp, the largest model alone divides by the width of the network for a head.
        json["query_pre_attn_scalar"] = .integer(layers == 62 ? hidden / heads : headWidth)
        json["sliding_window"] = .integer(slidingWindow ?? 4_096)
        json["rope_local_base_freq"] = .number(
            try metadata.optionalNumber(key("rope.freq_base_swa"), in: 1e-6...1e15) ?? 10_000)
        json["layer_types"] = .array(
            (1...layers).map { .string($0 % 6 == 0 ? "full_attention" : "sliding_attention") })
    }

    /// `rope_scaling` as the metadata give it.
    private var scaling: JSONObject? {
        get throws(CheckpointError) {
            let kind = try metadata.optionalString(key("rope.scaling.type")) ?? "none"
            let factor = try metadata.optionalNumber(key("rope.scaling.factor"), in: 1e-6...1e6)
            if kind == "none" { return nil }
            guard ["linear", "yarn"].contains(kind), let factor else {
                throw CheckpointError(
                    .ggufPositions, file: metadata.file,
                    detail: "its positions are scaled by the rule \(CheckpointError.quote(kind)) and no known factor")
            }
            var json = JSONObject()
            json["rope_type"] = .string(kind)
            json["factor"] = .number(factor)
            if let length = try metadata.optionalInteger(
                key("rope.scaling.original_context_length"), in: 1...16_777_216)
            {
                json["original_max_position_embeddings"] = .integer(length)
            }
            return json
        }
    }

    private func key(_ name: String) -> String { "\(architecture.rawValue).\(name)" }

    private var isMistral: Bool { architecture == .llama && slidingWindow != nil }

    private var modelType: String {
        switch architecture {
        case .llama: isMistral ? "mistral" : "llama"
        case .qwen2: "qwen2"
        case .qwen3: "qwen3"
        case .gemma3: "gemma3_text"
        }
    }

    private var className: String {
        switch architecture {
        case .llama: isMistral ? "MistralForCausalLM" : "LlamaForCausalLM"
        case .qwen2: "Qwen2ForCausalLM"
        case .qwen3: "Qwen3ForCausalLM"
        case .gemma3: "Gemma3ForCausalLM"
        }
    }

    /// Checks that the embeddings and the layers are as many and as wide as the metadata say.
    ///
    /// - Parameter shapes: by the transformers name of each tensor.
    /// - Returns: rows of the word embeddings.
    func checkShapes(_ shapes: [String: [Int]]) throws(CheckpointError) -> Int {
        guard let words = shapes["model.embed_tokens.weight"], words.count == 2, words[0] > 0 else {
            throw shapeError("it has no word embeddings (token_embd.weight)")
        }
        guard words[1] == hidden else {
            throw shapeError("\(key("embedding_length")) is \(hidden), and the embeddings are \(words[1]) wide")
        }
        if let stated = try metadata.optionalInteger(key("vocab_size"), in: 1...10_000_000), stated != words[0] {
            throw shapeError("\(key("vocab_size")) is \(stated), and there are \(words[0]) word embeddings")
        }
        guard shapes["model.layers.\(layers - 1).input_layernorm.weight"] != nil,
            shapes["model.layers.\(layers).input_layernorm.weight"] == nil
        else { throw shapeError("\(key("block_count")) is \(layers), and the tensors are of another number of layers") }
        return words[0]
    }

    private func shapeError(_ detail: String) -> CheckpointError {
        CheckpointError(.ggufShape, file: metadata.file, detail: detail)
    }
}
