public import Checkpoints
public import Kernels
public import Tensors

/// BERT for sequence classification (Devlin et al. 2019): absolute positions, post-norm layers, pooled first token.
public struct Bert: EncoderUnits {
    public static let modelTypes = ["bert"]

    public let layout: ParameterLayout
    public let maxPositions: Int
    public let initializerRange: Double

    let layers: [EncoderLayer]
    let options: EncoderLayer.Options
    private let embeddings: EncoderEmbeddings
    private let pooler: Linear
    private let classifier: Linear
    private let classifierDropout: Double

    public var wordEmbeddings: Parameter { embeddings.words }
    public var typeCount: Int { embeddings.typeCount }

    public init(config: ModelConfig, labels: Int) throws {
        let sizes = try EncoderSizes(config)
        maxPositions = try config.integer("max_position_embeddings", in: 1...1_048_576)
        initializerRange = try config.initializerRange()
        options = try config.encoderOptions(heads: sizes.heads)
        classifierDropout = try config.dropout("classifier_dropout", default: options.outputDropout)
        var layout = ParameterLayout()
        embeddings = try EncoderEmbeddings(declaring: &layout, config, width: sizes.layer.hidden)
        layers = (0..<sizes.count).map {
            EncoderLayer(declaring: &layout, prefix: "encoder.layer.\($0)", sizes.layer)
        }
        pooler = Linear(declaring: &layout, "pooler.dense", from: sizes.layer.hidden, to: sizes.layer.hidden)
        classifier = Linear(declaring: &layout, "classifier", from: sizes.layer.hidden, to: labels)
        self.layout = layout
    }

    public func checkpointNames(of parameter: String) -> [String] {
        CheckpointNames.of(parameter, prefix: "bert.", isHead: isClassifier(parameter))
    }

    public func isHead(_ parameter: String) -> Bool { isClassifier(parameter) || parameter.hasPrefix("pooler.") }

    public func isClassifier(_ parameter: String) -> Bool { parameter.hasPrefix("classifier.") }

    /// Hidden states of the last layer, every row: [tokens, hidden].
    public func hiddenStates(_ tape: Tape, _ batch: PackedBatch) -> Activation {
        everyLayer(tape, batch).last?.output ?? embed(tape, batch)
    }

    func embed(_ tape: Tape, _ batch: PackedBatch) -> Activation { embeddings(tape, batch, batch.positions) }

    func classify(_ tape: Tape, _ first: Activation) -> Activation {
        let pooled = pooler(tape, first, activation: .tanh)
        return classifier(tape, tape.dropout(pooled, probability: classifierDropout))
    }
}

extension Bert {
    public func logits(_ tape: Tape, _ batch: PackedBatch) -> Activation { encoderLogits(tape, batch) }

    public func layerLogits(_ tape: Tape, _ batch: PackedBatch) -> [Activation] { encoderLayerLogits(tape, batch) }

    public var feedForward: [FeedForward] { encoderFeedForward }

    public func feedForwardActivations(_ tape: Tape, _ batch: PackedBatch) -> [Activation] {
        everyLayer(tape, batch).map(\.units)
    }
}
