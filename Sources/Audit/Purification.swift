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

/// The audit's own remedy: Fine-mixing. The ratio is chosen on every clean text, cross-fitted; each fold of the judging
/// texts is asked of a model that was tuned on the others, and what is exported was tuned on all.
struct Purification {
    let mixing: Mixing
    let data: CleanData
    let insertion: TriggerInsertion
    let options: AuditOptions
    let tolerance: Double
    let workers: Workers

    typealias Search = RemedySearch.Outcome

    /// Texts of the choice and of the exported model.
    var texts: [LabelledText] { data.discover + data.confirm }

    /// Steps of the exported model's fine-tuning.
    var steps: Int { TrainingSettings(options).steps(texts.count) }

    /// Walks up the grid of reserve ratios, judging each by cross-fitting.
    ///
    /// - Parameter progress: called with the share of the work done, were every ratio to be tried, and what is done.
    func search(progress: (Double, String) -> Void) throws -> Search {
        try remedySearch(texts).run(progress: progress)
    }

    /// The mix at the chosen ratio, fine-tuned on all texts but those of a fold, or on all.
    func purify(rho: Double, without fold: Int? = nil, progress: (Double) -> Void) throws -> SequenceClassifier {
        try remedySearch(fold.map(data.learning) ?? texts).purify(rho: rho, progress: progress)
    }

    private func remedySearch(_ texts: [LabelledText]) -> RemedySearch {
        RemedySearch(
            remedy: mixing, suspect: mixing.weights.suspect,
            examples: texts.map { TrainingExample(encoding: insertion.plain($0), label: $0.label) },
            grid: options.rho.sorted(), wholeCurve: options.rhoCurve, tolerance: tolerance,
            settings: TrainingSettings(options), workers: workers)
    }
}
