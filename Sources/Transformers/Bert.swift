public import Checkpoints
public import Kernels
public import Tensors

/// BERT for sequence classification (Devlin et al. 2019): absolute positions, post-norm layers, pooled first token.
public struct Bert: Architecture {
    public static let modelTypes = ["bert"]

    public let layout: ParameterLayout
    public let wordEmbeddings: Parameter
    public let maxPositions: Int
    public let initializerRange: Double

    private let positionEmbeddings: Parameter
    private let typeEmbeddings: Parameter
    private let embeddingNorm: Parameter
    private let embeddingNormBias: Parameter
    private let layers: [EncoderLayer]
    private let options: EncoderLayer.Options
    private let pooler: Parameter
    private let poolerBias: Parameter
    private let classifier: Parameter
    private let classifierBias: Parameter
    private let classifierDropout: Double

    public var typeCount: Int { typeEmbeddings.rows }

    public init(config: ModelConfig, labels: Int) throws {
        let hidden = try config.integer("hidden_size", in: 1...65_536)
        let heads = try config.integer("num_attention_heads", in: 1...1_024)
        guard hidden % heads == 0 else {
            throw ModelError(
                .shapeMismatch, file: config.file,
                detail: "hidden_size \(hidden) is not a multiple of num_attention_heads \(heads)")
        }
        let positions = try config.string("position_embedding_type", default: "absolute")
        guard positions == "absolute" else {
            throw ModelError(
                .unsupportedPositions, file: config.file,
                detail: "position_embedding_type \"\(positions)\" is not supported for BERT; supported: absolute")
        }
        let activation = try config.activation("hidden_act", default: "gelu")
        let hiddenDropout = try config.number("hidden_dropout_prob", in: 0...0.99, default: 0.1)
        maxPositions = try config.integer("max_position_embeddings", in: 1...1_048_576)
        initializerRange = try config.number("initializer_range", in: 0...10, default: 0.02)
        options = EncoderLayer.Options(
            heads: heads, epsilon: Float(try config.number("layer_norm_eps", in: 0...1, default: 1e-12)),
            activation: activation,
            attentionDropout: try config.number("attention_probs_dropout_prob", in: 0...0.99, default: 0.1),
            hiddenDropout: hiddenDropout)
        classifierDropout = try config.number("classifier_dropout", in: 0...0.99, default: hiddenDropout)

        var layout = ParameterLayout()
        wordEmbeddings = layout.add(
            "embeddings.word_embeddings.weight", [try config.integer("vocab_size", in: 1...10_000_000), hidden], .normal
        )
        positionEmbeddings = layout.add("embeddings.position_embeddings.weight", [maxPositions, hidden], .normal)
        typeEmbeddings = layout.add(
            "embeddings.token_type_embeddings.weight",
            [try config.integer("type_vocab_size", in: 1...1_024, default: 2), hidden], .normal)
        embeddingNorm = layout.add("embeddings.LayerNorm.weight", [hidden], .ones)
        embeddingNormBias = layout.add("embeddings.LayerNorm.bias", [hidden], .zeros)
        let intermediate = try config.integer("intermediate_size", in: 1...1_048_576)
        layers = (0..<(try config.integer("num_hidden_layers", in: 1...1_000))).map {
            EncoderLayer(
                declaring: &layout, prefix: "encoder.layer.\($0)", hidden: hidden, intermediate: intermediate)
        }
        pooler = layout.add("pooler.dense.weight", [hidden, hidden], .normal)
        poolerBias = layout.add("pooler.dense.bias", [hidden], .zeros)
        classifier = layout.add("classifier.weight", [labels, hidden], .normal)
        classifierBias = layout.add("classifier.bias", [labels], .zeros)
        self.layout = layout
    }

    public func checkpointNames(of parameter: String) -> [String] {
        if parameter.hasPrefix("classifier.") { return [parameter] }
        let old = parameter.replacingSuffix("LayerNorm.weight", by: "LayerNorm.gamma")
            .replacingSuffix("LayerNorm.bias", by: "LayerNorm.beta")
        let names = old == parameter ? [parameter] : [parameter, old]
        return names.map { "bert." + $0 } + names
    }

    public func isHead(_ parameter: String) -> Bool {
        parameter.hasPrefix("classifier.") || parameter.hasPrefix("pooler.")
    }

    public func ignores(checkpointName: String) -> Bool {
        checkpointName.hasSuffix("embeddings.position_ids") || checkpointName.hasPrefix("cls.")
    }

    /// Hidden states of the last layer, every row: [tokens, hidden].
    public func hiddenStates(_ tape: Tape, _ batch: PackedBatch) -> Activation {
        layers.reduce(embed(tape, batch)) { $1(tape, $0, batch.sequences, options) }
    }

    public func logits(_ tape: Tape, _ batch: PackedBatch) -> Activation {
        var x = embed(tape, batch)
        for layer in layers.dropLast() { x = layer(tape, x, batch.sequences, options) }
        guard let last = layers.last else { return x }
        return classify(tape, last.firstRows(tape, x, batch.sequences, options))
    }

    private func classify(_ tape: Tape, _ first: Activation) -> Activation {
        let pooled = tape.linear(first, weight: pooler, bias: poolerBias, activation: .tanh)
        return tape.linear(
            tape.dropout(pooled, probability: classifierDropout), weight: classifier, bias: classifierBias)
    }

    private func embed(_ tape: Tape, _ batch: PackedBatch) -> Activation {
        let sum = tape.embedding([
            (wordEmbeddings, batch.ids), (positionEmbeddings, batch.positions), (typeEmbeddings, batch.typeIDs),
        ])
        let normed = tape.layerNorm(
            sum, weight: embeddingNorm, bias: embeddingNormBias, epsilon: options.epsilon)
        return tape.dropout(normed, probability: options.hiddenDropout)
    }
}

extension Bert: LayerwiseClassifier, FeedForwardUnits {
    public func layerLogits(_ tape: Tape, _ batch: PackedBatch) -> [Activation] {
        var x = embed(tape, batch)
        return layers.map { layer in
            x = layer(tape, x, batch.sequences, options)
            return classify(tape, tape.rows(x, batch.firstRows))
        }
    }

    public var feedForward: [FeedForward] {
        layers.map {
            FeedForward(
                intermediate: $0.intermediate, intermediateBias: $0.intermediateBias, output: $0.output)
        }
    }

    public func feedForwardActivations(_ tape: Tape, _ batch: PackedBatch) -> [Activation] {
        var x = embed(tape, batch)
        return layers.map { layer in
            let (output, units) = layer.everyRow(tape, x, batch.sequences, options)
            x = output
            return units
        }
    }
}

extension ModelConfig {
    /// The activation function under `key`, by its exact name.
    func activation(_ key: String, default name: String) throws -> ActivationFunction {
        let name = try string(key, default: name)
        guard let function = ActivationFunction(hiddenAct: name) else {
            throw ModelError(
                .unsupportedActivation, file: file,
                detail: "\(key) \"\(name)\" is not supported; Assay computes: gelu, gelu_new, relu, silu, tanh")
        }
        return function
    }
}

extension String {
    /// The string with a suffix exchanged, if it has it.
    func replacingSuffix(_ suffix: String, by other: String) -> String {
        hasSuffix(suffix) ? dropLast(suffix.count) + other : self
    }
}
