import Checkpoints
internal import Kernels
internal import Tensors

/// The sum of a token's, its position's and its type's embedding, normalised, under BERT's names.
struct EncoderEmbeddings: Sendable {
    let words: Parameter
    let positions: Parameter?
    let types: Parameter?
    let norm: Norm
    let dropout: Double

    /// Token types that may occur; any where there is no table of them.
    var typeCount: Int { types?.rows ?? .max }

    func callAsFunction(_ tape: Tape, _ batch: PackedBatch, _ places: [Int32]) -> Activation {
        tape.dropout(norm(tape, sum(tape, batch, places)), probability: dropout)
    }

    /// The sum before its norm.
    func sum(_ tape: Tape, _ batch: PackedBatch, _ places: [Int32]) -> Activation {
        var lookups = [(words, batch.ids)]
        if let positions { lookups.append((positions, places)) }
        if let types { lookups.append((types, batch.typeIDs)) }
        return tape.embedding(lookups)
    }
}

extension EncoderEmbeddings {
    /// Declares the tables and the norm.
    ///
    /// - Parameters:
    ///   - width: of the tables.
    ///   - normWidth: of the norm, where a projection comes first; nil is that of the tables.
    ///   - hasTypes: whether there is a table of token types.
    ///   - hasPositions: whether there is a table of positions.
    init(
        declaring layout: inout ParameterLayout, _ config: ModelConfig, width: Int, normWidth: Int? = nil,
        hasTypes: Bool = true, hasPositions: Bool = true, epsilon: Double = 1e-12
    ) throws {
        let rows = try config.integer("max_position_embeddings", in: 1...1_048_576)
        words = layout.add("embeddings.word_embeddings.weight", [try config.vocabularySize(), width], .normal)
        positions =
            hasPositions ? layout.add("embeddings.position_embeddings.weight", [rows, width], .normal) : nil
        types =
            hasTypes
            ? layout.add(
                "embeddings.token_type_embeddings.weight",
                [try config.integer("type_vocab_size", in: 1...1_024, default: 2), width], .normal) : nil
        norm = Norm(
            declaring: &layout, "embeddings.LayerNorm", width: normWidth ?? width,
            epsilon: try config.epsilon("layer_norm_eps", default: epsilon))
        dropout = try config.dropout("hidden_dropout_prob")
    }
}

/// The sizes that configs of BERT's family name alike.
struct EncoderSizes {
    let layer: EncoderLayer.Sizes
    let heads: Int
    /// Layers.
    let count: Int

    init(_ config: ModelConfig, epsilon: Double = 1e-12) throws {
        let (hidden, heads) = try config.width()
        self.heads = heads
        count = try config.layerCount()
        layer = EncoderLayer.Sizes(
            hidden: hidden, intermediate: try config.integer("intermediate_size", in: 1...1_048_576),
            epsilon: try config.epsilon("layer_norm_eps", default: epsilon))
    }
}

extension ModelConfig {
    /// The options of layers that configs of BERT's family name alike; other positions than absolute ones are refused.
    func encoderOptions(heads: Int, activation: String = "gelu", scale: Float? = nil) throws -> EncoderLayer.Options {
        try requireSupported("position_embedding_type", default: "absolute", ["absolute"], .unsupportedPositions)
        try requireOff("is_decoder")
        try requireOff("add_cross_attention")
        let hidden = try dropout("hidden_dropout_prob")
        return EncoderLayer.Options(
            attention: AttentionOptions(
                heads: heads, scale: scale, dropout: try dropout("attention_probs_dropout_prob")),
            activation: try self.activation("hidden_act", default: activation), contextDropout: hidden,
            outputDropout: hidden)
    }
}
