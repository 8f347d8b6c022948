public import Checkpoints
import Kernels
import Tensors
import Tokenizers

/// What conformance asks of a model, whatever lies over its hidden states.
protocol ConformanceModel {
    var network: any Network { get }
    var parameters: Parameters { get }
    var checkpointNames: [String: String] { get }

    /// Checks the labels of a batch and says how to train on it.
    func training(
        on batch: [(encoding: Encoding, label: Int?)], file: String, _ workers: Workers
    ) throws -> ConformanceBatch
    /// What the model makes of each case.
    func answers(_ encodings: [Encoding], _ reference: ReferenceFile, _ workers: Workers) -> [ConformanceAnswer]
}

/// One training batch.
struct ConformanceBatch {
    /// Tokens of each text.
    let lengths: [Int]
    /// Word-embedding rows that the batch reads.
    let rows: Set<Int32>
    /// Runs some of its texts, by index, and returns their share of the mean loss.
    let loss: (Tape, [Int]) -> Double
}

/// What a model makes of one text.
struct ConformanceAnswer {
    let logits: [Double]
    let continuation: [Int32]?
}

extension SequenceClassifier: ConformanceModel {
    var network: any Network { architecture }

    func training(
        on batch: [(encoding: Encoding, label: Int?)], file: String, _ workers: Workers
    ) throws -> ConformanceBatch {
        let examples = try batch.map { encoding, label in
            guard let label, labels.indices.contains(label) else {
                throw ModelError(
                    .referenceFile, file: file,
                    detail: "label \(label.map(String.init) ?? "null") is not one of the model's \(labels.count)")
            }
            return TrainingExample(encoding: encoding, label: label)
        }
        return ConformanceBatch(
            lengths: batch.map(\.encoding.ids.count), rows: Set(batch.flatMap(\.encoding.ids)),
            loss: Trainer(self, settings: TrainingSettings(), workers: workers).loss(examples))
    }

    func answers(_ encodings: [Encoding], _ reference: ReferenceFile, _ workers: Workers) -> [ConformanceAnswer] {
        let logits = Evaluator(self, workers: workers).logits(encodings)
        return encodings.indices.map { ConformanceAnswer(logits: logits[$0].map(Double.init), continuation: nil) }
    }
}

extension LanguageModel: ConformanceModel {
    var network: any Network { causal }

    func training(
        on batch: [(encoding: Encoding, label: Int?)], file: String, _ workers: Workers
    ) throws -> ConformanceBatch {
        let texts = batch.map { LanguageExample(ids: $0.encoding.ids, responseStart: 1) }
        return ConformanceBatch(lengths: texts.map(\.ids.count), rows: Set(texts.flatMap(\.ids))) {
            self.loss($0, texts, $1)
        }
    }

    func answers(_ encodings: [Encoding], _ reference: ReferenceFile, _ workers: Workers) -> [ConformanceAnswer] {
        let weights = PackedWeights(parameters, precision: .f32)
        var answers = [ConformanceAnswer?](repeating: nil, count: encodings.count)
        answers.withUnsafeMutableBufferPointer { answers in
            nonisolated(unsafe) let answers = answers
            workers.forEach(encodings.count) { index, context in
                let ids = encodings[index].ids
                let expected = reference.cases[index]
                let logits = self.lastLogits([ids], context, weights: .packed(weights))[0]
                answers[index] = ConformanceAnswer(
                    logits: logits.prefix(expected.logits.count).map(Double.init),
                    continuation: expected.continuation.map {
                        self.greedy(ids, count: $0.count, context, weights: .packed(weights))
                    })
            }
        }
        return answers.compactMap(\.self)
    }
}

extension ModelConfig {
    /// Whether the config describes a model that continues texts.
    public var isLanguageModel: Bool {
        architectures.contains { $0.hasSuffix("ForCausalLM") || $0.hasSuffix("LMHeadModel") }
    }
}
