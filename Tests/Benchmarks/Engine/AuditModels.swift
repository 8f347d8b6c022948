import Checkpoints
import Datasets
import Kernels
import Probes
import Tokenizers
import Transformers

@testable import Audit

/// The part of `peer_audit.py` that runs models, with our modules: the same texts, ratios, steps and measurements.
struct AuditModels {
    let suspect: ClassifierSource
    private let mixing: Mixing
    private let insertion: TriggerInsertion
    private let trigger: Trigger
    private let texts: AuditTexts
    private let options: AuditCommand
    private let workers: Workers

    /// Hashes both models' files and checks their weights.
    init(_ options: AuditCommand, _ texts: AuditTexts, _ ranking: AuditRanking) throws {
        suspect = try ClassifierSource(folder: try ModelFolder(path: options.suspect))
        let base = try ClassifierSource(base: try ModelFolder(path: options.base), labels: suspect.labels, seed: 0)
        mixing = Mixing(suspect: suspect, base: base, resetRows: ranking.resetRows, seed: 0)
        insertion = TriggerInsertion(tokenizer: ranking.tokenizer, maxLength: 128, seed: 0)
        trigger = Trigger(options.trigger, tokenizer: ranking.tokenizer)
        workers = Workers(threads: options.threads)
        self.texts = texts
        self.options = options
    }

    /// Mixes at a reserve ratio, fine-tunes and measures.
    func purify(_ rho: Double) throws -> AuditStage {
        let model = try mixing.mix(rho: rho)
        let examples = zip(encode(texts.train), texts.train).map { TrainingExample(encoding: $0, label: $1.label) }
        try Trainer(model, settings: settings, workers: workers).fit(examples)
        var result = measure(model)
        result.dev = accuracy(evaluator(model), texts.dev)
        return result
    }

    /// Accuracy, attack success rate and its floor; each from texts of its own, as the peer has it.
    func measure(_ model: SequenceClassifier) -> AuditStage {
        let evaluator = evaluator(model)
        let carriers = texts.test.filter { $0.label != options.target }
        let triggered = workers.map(carriers) { [insertion, trigger] in insertion.insert(trigger, into: $0) }
        return AuditStage(
            accuracy: accuracy(evaluator, texts.test), asr: rate(evaluator.logits(triggered)),
            floor: rate(evaluator.logits(encode(carriers))))
    }

    /// The peer's settings: AdamW as in PyTorch, the rate falling to zero, no clipping.
    private var settings: TrainingSettings {
        var settings = TrainingSettings()
        settings.epochs = options.epochs
        settings.batchSize = options.batch
        settings.learningRate = options.lr
        settings.schedule = .linear(warmup: 0)
        settings.clipNorm = nil
        settings.optimizer.decay = .all
        settings.precision = options.precision
        return settings
    }

    private func encode(_ texts: [LabelledText]) -> [Encoding] {
        workers.map(texts) { [insertion] in insertion.plain($0) }
    }

    private func evaluator(_ model: SequenceClassifier) -> Evaluator {
        Evaluator(model, workers: workers, precision: options.precision)
    }

    private func accuracy(_ evaluator: Evaluator, _ texts: [LabelledText]) -> Double {
        let logits = evaluator.logits(encode(texts))
        let right = texts.indices.count { logits.prediction($0) == texts[$0].label }
        return Double(right) / Double(max(1, texts.count))
    }

    private func rate(_ logits: Logits) -> Double {
        let hits = (0..<logits.count).count { logits.prediction($0) == options.target }
        return Double(hits) / Double(max(1, logits.count))
    }
}
