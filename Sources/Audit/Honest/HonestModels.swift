import Datasets
import Files
import Kernels
import Probes
import Tensors
import Tokenizers
import Transformers

/// Honest models of the suspect's task: the base under a new head, fine-tuned on the auditor's clean texts.
///
/// Each judges only texts that it never learnt from, since a model answers to no word in a text that it has learnt by heart:
/// the texts are cut into folds, and there is one model a fold and recipe. The search compares with a model of its own,
/// trained with another seed, so that no judge has taken part in choosing what it judges.
final class HonestModels {
    /// How one of the honest models is trained.
    struct Recipe: Equatable, Codable {
        /// Multiple of the remedy's learning rate.
        let rate: Double
        let epochs: Int
        let seed: UInt64
    }

    /// Judges of each text, of a large and of a small network. The smaller the base, the less it knows of words that the
    /// auditor's texts do not hold, and the more honest models of it differ; and the less each costs.
    private static let judges = (large: 2, small: 3)
    /// Parameters up to which a network is small.
    private static let small = 2_000_000
    /// Multiples of the learning rate, and of the epochs, that are tried in turn until two models know the task nearly as
    /// well as the suspect: a fresh head needs a higher rate than a mix, and a small base more than a large one.
    private static let trials: [(rate: Double, epochs: Int)] = [(2, 1), (5, 1), (12, 1), (12, 4), (30, 4)]
    /// Accuracy that a judge may lack of the suspect's for no further recipe to be tried, of a large and of a small network.
    /// A real base knows words that the auditor's texts do not hold, so that a few points say little.
    private static let nearly = (large: 0.15, small: 0.06)
    /// Epochs beyond those of a remedy: a fresh head has everything to learn.
    private static let furtherEpochs = 2

    let base: ModelFolderSource
    let data: CleanData
    let insertion: TriggerInsertion
    let options: AuditOptions
    let workers: Workers
    /// The suspect's accuracy on some texts, from 0 to 1.
    let suspectAccuracy: ([LabelledText]) throws -> Double
    /// Shared with audits of other models of the same base and texts; nil where there are none.
    private let shared: ReferenceModels?
    /// Hash of all that the models depend on but their recipe: not the suspect, but its tokenizer and labels.
    private let key: String
    /// Whether the network is one that knows few words.
    let isSmall: Bool
    private var models: [String: SequenceClassifier] = [:]
    private var recipes: [Recipe] = []

    /// Makes a base under a fresh head, drawn by a seed.
    typealias ModelFolderSource = (UInt64) throws -> ClassifierSource

    init(
        base: @escaping ModelFolderSource, parameters: Int, baseDigests: [String], labels: Int, data: CleanData,
        insertion: TriggerInsertion, options: AuditOptions, workers: Workers,
        suspectAccuracy: @escaping ([LabelledText]) throws -> Double, shared: ReferenceModels?
    ) {
        self.suspectAccuracy = suspectAccuracy
        isSmall = parameters <= Self.small
        (self.base, self.data, self.insertion) = (base, data, insertion)
        (self.options, self.workers, self.shared) = (options, workers, shared)
        let texts = (data.discover + data.confirm).map { text in
            let encoding = insertion.plain(text)
            return "\(text.label) \(encoding.ids) \(encoding.typeIDs)"
        }
        key = StageStore.key(
            baseDigests + texts + [
                "\(options.epochs) \(options.learningRate) \(options.batchSize)", options.precision.rawValue,
                "\(options.seed)", "\(labels)",
            ])
    }

    /// The model that judge number `judge` has for the texts of one fold: it learnt from all others.
    func judge(_ judge: Int, of fold: Int, progress: (Double) -> Void = { _ in }) throws -> SequenceClassifier {
        let recipe = try chosenRecipes(progress)[judge]
        return try model(recipe, without: fold, progress)
    }

    /// The model that the search compares with: it learnt from every text but those of the search.
    func forSearch(progress: (Double) -> Void = { _ in }) throws -> SequenceClassifier {
        let best = try chosenRecipes { progress(0.7 * $0) }[0]
        return try trained("search", Recipe(rate: best.rate, epochs: best.epochs, seed: best.seed &+ 100), data.confirm)
        {
            progress(0.7 + 0.3 * $0)
        }
    }

    /// Judges of each text.
    var judges: Int { isSmall ? Self.judges.small : Self.judges.large }

    /// Lets go of the models' memory.
    func release() { models = [:] }

    /// The recipes that do best on a fold that they did not learn from, best first.
    private func chosenRecipes(_ progress: (Double) -> Void) throws -> [Recipe] {
        guard recipes.isEmpty else { return recipes }
        let fold = CleanData.folds - 1
        let held = data.confirm(fold: fold)
        let enough = try suspectAccuracy(held) - (isSmall ? Self.nearly.small : Self.nearly.large)
        var tried: [(recipe: Recipe, accuracy: Double)] = []
        for (place, trial) in Self.trials.enumerated() {
            if tried.count(where: { $0.accuracy >= enough }) >= judges { break }
            let recipe = Recipe(
                rate: trial.rate, epochs: trial.epochs * (options.epochs + Self.furtherEpochs),
                seed: options.seed &+ UInt64(place) &+ 1)
            let model = try model(recipe, without: fold) { progress((Double(place) + $0) / Double(Self.trials.count)) }
            tried.append((recipe, accuracy(model, held)))
        }
        recipes = tried.enumerated().sorted { (-$0.element.accuracy, $0.offset) < (-$1.element.accuracy, $1.offset) }
            .prefix(judges).map(\.element.recipe)
        return recipes
    }

    private func accuracy(_ model: SequenceClassifier, _ texts: [LabelledText]) -> Double {
        let logits = Evaluator(model, workers: workers, precision: options.precision).logits(texts.map(insertion.plain))
        return Double(texts.indices.count { logits.prediction($0) == texts[$0].label }) / Double(max(1, texts.count))
    }

    private func model(
        _ recipe: Recipe, without fold: Int, _ progress: (Double) -> Void
    ) throws -> SequenceClassifier {
        try trained("fold \(fold)", recipe, data.learning(without: fold), progress)
    }

    private func trained(
        _ name: String, _ recipe: Recipe, _ texts: [LabelledText], _ progress: (Double) -> Void
    ) throws -> SequenceClassifier {
        let key = StageStore.key([key, name, "\(recipe)"])
        if let model = models[key] { return model }
        func train() throws -> SequenceClassifier {
            let model = try base(recipe.seed).load()
            var settings = TrainingSettings(options)
            settings.epochs = recipe.epochs
            settings.learningRate *= recipe.rate
            settings.seed = recipe.seed
            let examples = texts.map { TrainingExample(encoding: insertion.plain($0), label: $0.label) }
            try Trainer(model, settings: settings, workers: workers).fit(examples) { step, total in
                progress(Double(step) / Double(total))
            }
            return model
        }
        let model = try shared.map { try $0.model(key, train: train) } ?? train()
        models[key] = model
        return model
    }
}

/// Honest models that several audits share: those of one base, trained on the same clean texts.
public final class ReferenceModels {
    private var models: [String: SequenceClassifier] = [:]

    public init() {}

    /// The model under a key, trained if it is not here yet.
    func model(_ key: String, train: () throws -> SequenceClassifier) rethrows -> SequenceClassifier {
        if let model = models[key] { return model }
        let model = try train()
        models[key] = model
        return model
    }
}

extension TrainingSettings {
    /// Those of a remedy.
    init(_ options: AuditOptions) {
        self.init()
        epochs = options.epochs
        batchSize = options.batchSize
        learningRate = options.learningRate
        seed = options.seed
        precision = options.precision
    }
}
