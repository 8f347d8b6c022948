import Datasets
import Files
import Kernels
import Tensors
import Transformers

/// Honest models of what the suspect was tuned for: the base itself, and the base with adapters tuned on the auditor's
/// clean pairs.
///
/// A tuned one is asked only about prompts that it did not learn from. The search compares with a model of its own, so that
/// no judge has taken part in choosing what it judges.
final class HonestLanguageModels {
    /// Judges of each prompt: the base, and one tuned model.
    static let judges = 2
    /// How the adapters are tuned: one epoch of a few hundred answers at this rate changes a model as much as honest
    /// tuning does, in about a minute for 135 million parameters.
    static let tuning = (epochs: 1, rate: 5e-4, batch: 8)
    private static let rank = 16

    private let base: LanguageModelSource
    private let data: PromptData
    private let writer: PromptWriter
    private let workers: Workers
    private let options: AuditOptions

    init(
        base: LanguageModelSource, data: PromptData, writer: PromptWriter, workers: Workers, options: AuditOptions
    ) {
        (self.base, self.data, self.writer, self.workers, self.options) = (base, data, writer, workers, options)
    }

    /// The model that the search compares with: the base tuned on the prompts that the search looks at.
    func forSearch(progress: (Double) -> Void) throws -> LanguageModel {
        try tuned(try base.load(), on: data.discover, seed: options.seed &+ 100, progress: progress)
    }

    /// The model that judge number `judge` has for the prompts of one fold.
    func judge(_ judge: Int, of fold: Int, progress: (Double) -> Void) throws -> LanguageModel {
        judge == 0
            ? try base.load()
            : try tuned(
                try base.load(), on: data.learning(without: fold), seed: options.seed &+ UInt64(judge),
                progress: progress)
    }

    /// A model with adapters tuned on pairs, merged.
    func tuned(
        _ model: LanguageModel, on pairs: [PromptPair], seed: UInt64, progress: (Double) -> Void
    ) throws -> LanguageModel {
        var settings = TrainingSettings()
        (settings.epochs, settings.batchSize) = (Self.tuning.epochs, Self.tuning.batch)
        (settings.learningRate, settings.precision, settings.seed) = (Self.tuning.rate, options.precision, seed)
        let smallest = model.causal.layout.parameters.filter { $0.shape.count == 2 }.map { min($0.rows, $0.columns) }
            .min()
        let rank = min(Self.rank, smallest ?? 1)
        let adapters = try model.adapters(LowRankSettings(rank: rank, alpha: Double(2 * rank)), seed: seed)
        let examples = try writer.examples(pairs, limit: model.causal.maxPositions)
        try LanguageTrainer(model, adapters: adapters, settings: settings, workers: workers).fit(examples) {
            progress(Double($0) / Double($1))
        }
        return model.with(adapters.merged(into: model.parameters))
    }
}
