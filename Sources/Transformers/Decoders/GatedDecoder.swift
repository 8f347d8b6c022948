import Checkpoints
internal import Kernels
import StrictJSON
internal import Tensors

/// The decoder that Llama, Mistral and Qwen share: gated layers with a causal mask and root-mean-square norms.
struct GatedDecoder: Sendable {
    /// What tells the families apart.
    struct Traits {
        /// Bias of the query, key and value projections, of the attention's output and of the units.
        var projectionHasBias = false
        var outputHasBias = false
        var unitsHaveBias = false
        /// Columns of a head where the config names none; nil divides the width by the heads.
        var headWidth: Int?
        /// Each head of query and key is normalised.
        var normalizesHeads = false
        /// What attention and units add is normalised too, and the norms' weights are stored less 1.
        var normalizesOutputs = false
        /// Of the attention's scores; nil is 1/√(head width).
        var scoreScale: Float?
        /// Factor of the word embeddings.
        var embeddingScale: Float = 1
        /// The config's entry of the activation function, and its name where the config has none.
        var activation = (key: "hidden_act", name: "silu")
        /// Whether the head is the word embeddings where the config does not say.
        var isTied = false
        /// The window of each layer; nil sees everything in front.
        var windows: [Int?]
        /// The angles of layers with a window, where they are not those of the others.
        var slidingRotary: RotaryTable?
        /// What the angles of the other layers are under in the config, and their base where it names none.
        var rotary: (layerType: String?, theta: Double) = (nil, 10_000)
    }

    let layout: ParameterLayout
    let wordEmbeddings: Parameter
    let maxPositions: Int
    let initializerRange: Double
    private let embeddingScale: Float
    private let layers: [GatedLayer]
    private let options: GatedLayer.Options
    private let finalNorm: Norm
    private let head: Linear
    private let paddingID: Int32?

    init(_ config: ModelConfig, _ kind: CausalHead, _ traits: Traits) throws {
        let hidden = try config.integer("hidden_size", in: 1...65_536)
        let heads = try config.integer("num_attention_heads", in: 1...1_024)
        let shared = try config.integer("num_key_value_heads", in: 1...1_024, default: heads)
        let headWidth = try config.integer("head_dim", in: 1...65_536, default: traits.headWidth ?? hidden / heads)
        guard heads % shared == 0 else {
            throw ModelError(
                .shapeMismatch, file: config.file,
                detail: "num_attention_heads \(heads) is not a multiple of num_key_value_heads \(shared)")
        }
        maxPositions = try config.integer("max_position_embeddings", in: 1...16_777_216)
        initializerRange = try config.initializerRange()
        paddingID = try config.paddingID()
        options = GatedLayer.Options(
            headWidth: headWidth,
            activation: try config.activation(traits.activation.key, default: traits.activation.name))
        embeddingScale = traits.embeddingScale
        let units = try config.integer("intermediate_size", in: 1...1_048_576)
        let epsilon = try config.epsilon("rms_norm_eps", default: 1e-6)
        let dropout = try config.dropout("attention_dropout", default: 0)
        let rotary = try config.rotaryTable(
            width: headWidth, layerType: traits.rotary.layerType, theta: traits.rotary.theta)

        var layout = ParameterLayout()
        wordEmbeddings = layout.add("embed_tokens.weight", [try config.vocabularySize(), hidden], .normal)
        func norm(_ name: String, width: Int) -> Norm {
            let kind: Norm.Kind = traits.normalizesOutputs ? .rootMeanSquareAboveOne : .rootMeanSquare
            return Norm(declaring: &layout, name, kind, width: width, epsilon: epsilon)
        }
        layers = traits.windows.enumerated().map { index, window in
            let name = "layers.\(index)"
            let (own, kept) = (heads * headWidth, shared * headWidth)
            return GatedLayer(
                attentionNorm: norm(name + ".input_layernorm", width: hidden),
                projection: Linear(
                    declaring: &layout,
                    [
                        (name + ".self_attn.q_proj", own), (name + ".self_attn.k_proj", kept),
                        (name + ".self_attn.v_proj", kept),
                    ], from: hidden, hasBias: traits.projectionHasBias),
                queryNorm: traits.normalizesHeads ? norm(name + ".self_attn.q_norm", width: headWidth) : nil,
                keyNorm: traits.normalizesHeads ? norm(name + ".self_attn.k_norm", width: headWidth) : nil,
                attentionOutput: Linear(
                    declaring: &layout, name + ".self_attn.o_proj", from: own, to: hidden,
                    hasBias: traits.outputHasBias),
                attentionOutputNorm: traits.normalizesOutputs
                    ? norm(name + ".post_attention_layernorm", width: hidden) : nil,
                feedForwardNorm: norm(
                    name + (traits.normalizesOutputs ? ".pre_feedforward_layernorm" : ".post_attention_layernorm"),
                    width: hidden),
                gate: Linear(
                    declaring: &layout, [(name + ".mlp.gate_proj", units), (name + ".mlp.up_proj", units)],
                    from: hidden, hasBias: traits.unitsHaveBias),
                output: Linear(
                    declaring: &layout, name + ".mlp.down_proj", from: units, to: hidden,
                    hasBias: traits.unitsHaveBias),
                outputNorm: traits.normalizesOutputs ? norm(name + ".post_feedforward_layernorm", width: hidden) : nil,
                attention: AttentionOptions(
                    heads: heads, keyValueHeads: shared, scale: traits.scoreScale, dropout: dropout,
                    span: window.map { .causal(window: $0) } ?? .causal),
                rotary: window == nil ? rotary : traits.slidingRotary ?? rotary)
        }
        finalNorm = norm("norm", width: hidden)
        head = try Linear(declaring: &layout, kind, config, wordEmbeddings, isTied: traits.isTied)
        self.layout = layout
    }

    func logits(_ tape: Tape, _ batch: PackedBatch) -> Activation {
        var x = embed(tape, batch)
        for layer in layers.dropLast() { x = layer(tape, x, batch, options) }
        guard let last = layers.last else { return x }
        let picked = batch.lastTokens(notPadding: paddingID)
        return head(tape, finalNorm(tape, last(tape, x, batch, options, picked: picked)))
    }

    func layerLogits(_ tape: Tape, _ batch: PackedBatch) -> [Activation] {
        let rows = batch.lastTokens(notPadding: paddingID).rows
        var x = embed(tape, batch)
        return layers.map { layer in
            x = layer(tape, x, batch, options)
            return head(tape, finalNorm(tape, tape.rows(x, rows)))
        }
    }

    func hiddenStates(_ tape: Tape, _ batch: PackedBatch, cache: CachedSequences?) -> Activation {
        var x = embed(tape, batch)
        for (index, layer) in layers.enumerated() {
            x = layer(tape, x, batch, options, cache: cache.map { ($0, index) })
        }
        cache?.advance(by: batch.sequences)
        return finalNorm(tape, x)
    }

    private func embed(_ tape: Tape, _ batch: PackedBatch) -> Activation {
        let x = tape.embedding([(wordEmbeddings, batch.ids)])
        return embeddingScale == 1 ? x : tape.scaled(x, by: embeddingScale)
    }

    func tokenLogits(_ tape: Tape, _ states: Activation) -> Activation { head(tape, states) }

    var cacheShape: CacheShape {
        CacheShape(layers: layers.count, width: (layers.first?.attention.keyValueHeads ?? 0) * options.headWidth)
    }
}

extension Linear {
    /// The map over the hidden states of a causal network: `score`, or `lm_head` unless it is the word embeddings.
    ///
    /// - Parameter isTied: whether it is where the config does not say.
    init(
        declaring layout: inout ParameterLayout, _ kind: CausalHead, _ config: ModelConfig, _ words: Parameter,
        isTied: Bool
    ) throws {
        switch kind {
        case .classifier(let labels):
            self.init(declaring: &layout, "score", from: words.columns, to: labels, hasBias: false)
        case .languageModel where try config.bool("tie_word_embeddings", default: isTied):
            self.init(weight: words, bias: nil, storage: LinearStorage(isTable: true))
        case .languageModel:
            self.init(declaring: &layout, "lm_head", from: words.columns, to: words.rows, hasBias: false)
        }
    }
}

extension ModelConfig {
    /// The id of the padding token; nil where the config has none.
    func paddingID() throws -> Int32? {
        guard let entry = json["pad_token_id"], !entry.isNull else { return nil }
        return Int32(try integer("pad_token_id", in: -1...Int(Int32.max)))
    }
}
