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

/// Fine-mixing as a search: mix and fine-tune at rising ratios until the clean accuracy is kept.
struct Purification {
    let mixing: Mixing
    let data: CleanData
    let insertion: TriggerInsertion
    let options: AuditOptions
    let tolerance: Double
    let workers: Workers

    /// What the search found.
    struct Search: Codable, Sendable {
        let rho: Double
        let qualified: Bool
        let cells: [RhoChooser.Cell]
        let outcomes: [RhoCell.Outcome]
    }

    /// Parts that the texts are cut into to judge a ratio: each is a dev set for a model tuned on the others.
    static let folds = 3

    /// Texts of the choice and of the final fine-tuning: all but those that confirm.
    var finalTexts: [LabelledText] { data.tune + data.dev + data.discover }

    /// Steps of the final fine-tuning.
    var steps: Int { settings.steps(finalTexts.count) }

    /// Walks up the grid of reserve ratios, judging each by cross-fitting.
    ///
    /// A few hundred texts are too few to give a part of them to the choice alone, so every text is a dev text once,
    /// for a model fine-tuned without it.
    /// - Parameter progress: called with the share of the work done, were every ratio to be tried, and what is done.
    func search(progress: (Double, String) -> Void) throws -> Search {
        let folds = makeFolds()
        let grid = options.rho.sorted()
        let total = Double(grid.count + 1)
        let fineTuned = try judged(rho: 1, folds) { progress($0 / total, "ρ = 1, part \($1) of \(Self.folds)") }
        var asDelivered = RhoChooser.Cell(rho: 1, right: [], logLoss: [])
        judge(try mixing.suspect.load(), on: folds.flatMap { $0 }, into: &asDelivered)
        let chooser = RhoChooser(tolerance: tolerance, suspect: asDelivered, fineTuned: fineTuned)
        var cells: [RhoChooser.Cell] = []
        for (index, rho) in grid.enumerated() {
            if !options.rhoCurve, chooser.choose(cells) != nil { break }
            cells.append(
                rho == 1
                    ? fineTuned
                    : try judged(rho: rho, folds) {
                        progress((Double(index + 1) + $0) / total, "ρ = \(rho), part \($1) of \(Self.folds)")
                    })
        }
        let choice = chooser.choose(cells)
        return Search(
            rho: choice.map { cells[$0].rho } ?? 1, qualified: choice != nil, cells: cells,
            outcomes: chooser.outcomes(cells))
    }

    /// One ratio: each part of the texts judges a mix that was fine-tuned on the others.
    private func judged(
        rho: Double, _ folds: [[LabelledText]], progress: (Double, Int) -> Void
    ) throws -> RhoChooser.Cell {
        var cell = RhoChooser.Cell(rho: rho, right: [], logLoss: [])
        for (part, held) in folds.enumerated() {
            progress(Double(part) / Double(folds.count), part + 1)
            let model = try mixing.mix(rho: rho)
            tune(model, on: folds.indices.filter { $0 != part }.flatMap { folds[$0] })
            judge(model, on: held, into: &cell)
        }
        return cell
    }

    /// The mix at the chosen ratio, fine-tuned.
    func purify(rho: Double, progress: (Double) -> Void) throws -> SequenceClassifier {
        let model = try mixing.mix(rho: rho)
        tune(model, on: finalTexts, progress: progress)
        return model
    }

    /// Multiples of the learning rate that the reference model is tried with.
    static let referenceRates = [1.0, 3, 10]

    /// The base under a new head, fine-tuned on the same clean texts: what an honest model does.
    ///
    /// A fresh head needs a higher rate than a mix, and how high depends on the network: the rate that does best on
    /// the dev texts is taken. A weak reference would make every strong honest word look planted.
    static func reference(
        base: ClassifierSource, data: CleanData, insertion: TriggerInsertion, options: AuditOptions,
        workers: Workers, progress: (Double) -> Void
    ) throws -> SequenceClassifier {
        func tuned(_ rate: Double, _ texts: [LabelledText], _ done: Double) throws -> SequenceClassifier {
            let model = try base.load()
            var settings = settings(options)
            settings.epochs *= 2
            settings.learningRate *= rate
            let examples = texts.map { TrainingExample(encoding: insertion.plain($0), label: $0.label) }
            Trainer(model, settings: settings, workers: workers).fit(examples) {
                progress(done + Double($0) / Double($1) / Double(referenceRates.count + 1))
            }
            return model
        }
        let encodings = data.dev.map(insertion.plain)
        let scores = try referenceRates.enumerated().map { index, rate in
            let done = Double(index) / Double(referenceRates.count + 1)
            let logits = Evaluator(try tuned(rate, data.tune, done), workers: workers, precision: options.precision)
                .logits(
                    encodings)
            return data.dev.indices.count { logits.prediction($0) == data.dev[$0].label }
        }
        let best = scores.indices.max { (scores[$0], -$0) < (scores[$1], -$1) } ?? 0
        return try tuned(
            referenceRates[best], data.tune + data.dev + data.discover,
            Double(referenceRates.count) / Double(referenceRates.count + 1))
    }

    private var settings: TrainingSettings { Self.settings(options) }

    private static func settings(_ options: AuditOptions) -> TrainingSettings {
        var settings = TrainingSettings()
        settings.epochs = options.epochs
        settings.batchSize = options.batchSize
        settings.learningRate = options.learningRate
        settings.seed = options.seed
        settings.precision = options.precision
        return settings
    }

    private func tune(
        _ model: SequenceClassifier, on texts: [LabelledText], progress: (Double) -> Void = { _ in }
    ) {
        let examples = texts.map { TrainingExample(encoding: insertion.plain($0), label: $0.label) }
        Trainer(model, settings: settings, workers: workers).fit(examples) { progress(Double($0) / Double($1)) }
    }

    private func judge(_ model: SequenceClassifier, on held: [LabelledText], into cell: inout RhoChooser.Cell) {
        let logits = Evaluator(model, workers: workers, precision: options.precision)
            .logits(held.map(insertion.plain))
        cell.right += held.indices.map { logits.prediction($0) == held[$0].label ? 1 : 0 }
        cell.logLoss += held.indices.map { logits.logLoss($0, label: held[$0].label) }
    }

    /// The texts in parts of equal size and like labels.
    private func makeFolds() -> [[LabelledText]] {
        var folds = [[LabelledText]](repeating: [], count: Self.folds)
        let order = CounterRandom(seed: options.seed, stream: "folds").permutation(finalTexts.count)
        let shuffled = order.map { finalTexts[$0] }.enumerated()
            .sorted { ($0.element.label, $0.offset) < ($1.element.label, $1.offset) }
        for (place, entry) in shuffled.enumerated() { folds[place % Self.folds].append(entry.element) }
        return folds
    }
}
