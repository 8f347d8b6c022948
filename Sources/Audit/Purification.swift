import Datasets
import Findings
import Kernels
import Probes
import Tensors
import Transformers

/// Defaults of fine-tuning after mixing, found by measurement on small clean sets; see docs/results.
public enum PurificationDefaults {
    public static let epochs = 5
    public static let learningRate = 1e-4
    public static let batchSize = 32
}

/// The audit's own remedy: Fine-mixing, searched for and applied on the texts that do not confirm.
struct Purification {
    let mixing: Mixing
    let data: CleanData
    let insertion: TriggerInsertion
    let options: AuditOptions
    let tolerance: Double
    let workers: Workers

    typealias Search = RemedySearch.Outcome

    /// Texts of the choice and of the final fine-tuning: all but those that confirm.
    var finalTexts: [LabelledText] { data.forRemedies }

    /// Steps of the final fine-tuning.
    var steps: Int { Self.settings(options).steps(finalTexts.count) }

    /// Walks up the grid of reserve ratios, judging each by cross-fitting.
    ///
    /// - Parameter progress: called with the share of the work done, were every ratio to be tried, and what is done.
    func search(progress: (Double, String) -> Void) throws -> Search { try remedySearch.run(progress: progress) }

    /// The mix at the chosen ratio, fine-tuned.
    func purify(rho: Double, progress: (Double) -> Void) throws -> SequenceClassifier {
        try remedySearch.purify(rho: rho, progress: progress)
    }

    private var remedySearch: RemedySearch {
        RemedySearch(
            remedy: mixing, suspect: mixing.weights.suspect, examples: Self.examples(finalTexts, insertion),
            grid: options.rho.sorted(), wholeCurve: options.rhoCurve, tolerance: tolerance,
            settings: Self.settings(options), workers: workers)
    }

    private static func examples(_ texts: [LabelledText], _ insertion: TriggerInsertion) -> [TrainingExample] {
        texts.map { TrainingExample(encoding: insertion.plain($0), label: $0.label) }
    }

    private static func settings(_ options: AuditOptions) -> TrainingSettings {
        var settings = TrainingSettings()
        settings.epochs = options.epochs
        settings.batchSize = options.batchSize
        settings.learningRate = options.learningRate
        settings.seed = options.seed
        settings.precision = options.precision
        return settings
    }
}

extension CleanData {
    /// Texts that a remedy may use: all but those that confirm, on which the gate judges it.
    var forRemedies: [LabelledText] { tune + dev + discover }
}

extension Purification {
    /// Multiples of the learning rate that the reference model is tried with.
    static let referenceRates = [1.0, 3, 10]

    /// The base under a new head, fine-tuned on clean texts: what an honest model does. Not on those of the search: a
    /// model answers to no word in a text that it has learnt by heart.
    ///
    /// A fresh head needs a higher rate than a mix, and twice the epochs; how high depends on the network: the rate that
    /// does best on the dev texts, after half of the epochs, is taken. A weak reference would make every strong honest
    /// word look planted.
    static func reference(
        base: ClassifierSource, data: CleanData, insertion: TriggerInsertion, options: AuditOptions,
        workers: Workers, progress: (Double) -> Void
    ) throws -> SequenceClassifier {
        func tuned(
            _ rate: Double, epochs: Int, _ texts: [LabelledText], _ done: Double
        ) throws -> SequenceClassifier {
            let model = try base.load()
            var settings = settings(options)
            settings.epochs = epochs
            settings.learningRate *= rate
            let share = 1 / Double(referenceRates.count + 1)
            try Trainer(model, settings: settings, workers: workers).fit(examples(texts, insertion)) { step, total in
                progress(done + share * Double(step) / Double(total))
            }
            return model
        }
        let encodings = data.dev.map(insertion.plain)
        let scores = try referenceRates.enumerated().map { index, rate in
            let done = Double(index) / Double(referenceRates.count + 1)
            let model = try tuned(rate, epochs: options.epochs, data.tune, done)
            let logits = Evaluator(model, workers: workers, precision: options.precision).logits(encodings)
            return data.dev.indices.count { logits.prediction($0) == data.dev[$0].label }
        }
        let best = scores.indices.max { (scores[$0], -$0) < (scores[$1], -$1) } ?? 0
        return try tuned(
            referenceRates[best], epochs: 2 * options.epochs, data.tune + data.dev,
            Double(referenceRates.count) / Double(referenceRates.count + 1))
    }
}
