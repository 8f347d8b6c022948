public import Checkpoints
public import Kernels
public import Tensors
public import Tokenizers
import Transformers

/// Pre-trains a small BERT on unlabelled sentences by masked-language modelling (Devlin et al. 2019).
///
/// 15 % of the tokens are hidden: 80 % of these become [MASK], 10 % a random token, 10 % stay.
public struct MaskedLanguageModel {
    /// How long and how fast.
    public struct Settings: Sendable {
        public var epochs = 12
        public var batchSize = 64
        public var learningRate = 2e-3
        public var seed: UInt64 = 0

        public init() {}
    }

    private let network: Bert
    private let parameters: Parameters
    private let decoder: Parameter
    private let decoderBias: Parameter
    private let maskID: Int32
    private let vocabulary: Int
    private let settings: Settings
    private let workers: Workers

    /// - Parameters:
    ///   - config: sizes of the network.
    ///   - maskID: id of [MASK].
    ///   - workers: who computes.
    public init(config: ModelConfig, maskID: Int, settings: Settings, workers: Workers) throws {
        network = try Bert(config: config, labels: 2)
        var layout = network.layout
        let table = network.wordEmbeddings
        decoder = layout.add("cls.predictions.decoder.weight", table.shape, .normal)
        decoderBias = layout.add("cls.predictions.decoder.bias", [table.rows], .zeros)
        parameters = Parameters(layout: layout)
        for parameter in layout.parameters {
            parameters.initialize(parameter, deviation: network.initializerRange, seed: settings.seed)
        }
        self.maskID = Int32(maskID)
        vocabulary = table.rows
        self.settings = settings
        self.workers = workers
    }

    /// Trains on the encoded sentences and returns the encoder: everything but the language-model head.
    ///
    /// - Parameters:
    ///   - sentences: with special tokens at both ends.
    ///   - progress: called after each epoch with its number and mean loss, in nats a hidden token.
    public func train(_ sentences: [Encoding], progress: (Int, Double) -> Void = { _, _ in }) -> Parameters {
        let run = TrainingRun(
            parameters, table: network.wordEmbeddings, optimizer: AdamW.Options(), clipNorm: 1,
            dropoutSeed: settings.seed, workers: workers)
        let batches = (sentences.count + settings.batchSize - 1) / settings.batchSize
        let schedule = LearningRateSchedule.linear(warmup: 0.05)
        for epoch in 0..<settings.epochs {
            let order = CounterRandom(seed: settings.seed, stream: "mlm/\(epoch)").permutation(sentences.count)
            var total = 0.0
            for batch in 0..<batches {
                let start = batch * settings.batchSize
                let indices = order[start..<min(start + settings.batchSize, order.count)]
                let masked = indices.map { mask(sentences[$0], stream: "mask/\(epoch)/\($0)") }
                let rate = schedule.factor(epoch * batches + batch, of: settings.epochs * batches)
                total += run.step(
                    lengths: masked.map(\.encoding.ids.count), rows: Set(masked.flatMap(\.encoding.ids)),
                    learningRate: settings.learningRate * rate, loss: loss(masked))
            }
            progress(epoch + 1, total / Double(batches))
        }
        run.finish()
        let encoder = Parameters(layout: network.layout)
        for parameter in network.layout.parameters {
            _ = encoder.floats(parameter).update(fromContentsOf: parameters.floats(parameter))
        }
        return encoder
    }

    private struct Masked {
        var encoding: Encoding
        /// Positions of hidden tokens and what stood there.
        var hidden: [(position: Int, id: Int32)]
    }

    private func mask(_ sentence: Encoding, stream: String) -> Masked {
        let random = CounterRandom(seed: settings.seed, stream: stream)
        var result = Masked(encoding: sentence, hidden: [])
        for position in 1..<max(1, sentence.ids.count - 1) {
            let draw = random.uniform(at: UInt64(position) * 3)
            guard draw < 0.15 else { continue }
            result.hidden.append((position, sentence.ids[position]))
            let kind = random.uniform(at: UInt64(position) * 3 + 1)
            if kind < 0.8 {
                result.encoding.ids[position] = maskID
            } else if kind < 0.9 {
                result.encoding.ids[position] = Int32(random.below(vocabulary, at: UInt64(position) * 3 + 2))
            }
        }
        return result
    }

    private func loss(_ batch: [Masked]) -> (Tape, [Int]) -> Double {
        let count = max(1, batch.reduce(0) { $0 + $1.hidden.count })
        return { tape, items in
            let packed = PackedBatch(items.map { batch[$0].encoding })
            var rows: [Int] = []
            var labels: [Int32] = []
            for (place, item) in items.enumerated() {
                for (position, id) in batch[item].hidden {
                    rows.append(packed.sequences.offsets[place] + position)
                    labels.append(id)
                }
            }
            guard !rows.isEmpty else { return 0 }
            let states = tape.rows(network.hiddenStates(tape, packed), rows)
            let logits = tape.linear(states, weight: decoder, bias: decoderBias)
            return tape.crossEntropy(logits, labels: labels, scale: 1 / Double(count))
        }
    }
}
