import Findings
import Kernels
import Tensors
import Transformers

/// A remedy as a search: treat and fine-tune at rising reserve ratios until the clean accuracy is kept.
struct RemedySearch {
    let remedy: any Remedy
    let suspect: ClassifierSource
    /// Clean texts of the choice and of the final fine-tuning.
    let examples: [TrainingExample]
    /// Reserve ratios to try, rising.
    let grid: [Double]
    /// Try every ratio, not only as many as the choice needs.
    let wholeCurve: Bool
    /// Accuracy that may be lost: τ.
    let tolerance: Double
    let settings: TrainingSettings
    let workers: Workers
    /// Finds the saved result of a ratio, or computes and saves it.
    var saved: (Double, () throws -> RhoChooser.Cell) throws -> RhoChooser.Cell = { try $1() }

    /// What the search found.
    struct Outcome: Codable, Sendable {
        let rho: Double
        /// Whether a ratio below 1 keeps the accuracy, where others than 1 were to be tried: at 1 nothing is taken away.
        let qualified: Bool
        let cells: [RhoChooser.Cell]
        let outcomes: [RhoCell.Outcome]
    }

    /// Parts that the texts are cut into to judge a ratio: each is a dev set for a model tuned on the others.
    static let folds = 3

    /// Walks up the grid, judging each ratio by cross-fitting.
    ///
    /// A few hundred texts are too few to give a part of them to the choice alone, so every text is a dev text once,
    /// for a model treated and fine-tuned without it.
    /// - Parameter progress: called with the share of the work done, were every ratio to be tried, and what is done.
    func run(progress: (Double, String) -> Void) throws -> Outcome {
        let folds = makeFolds()
        var treatments: [Int: Treatment] = [:]
        let total = Double(grid.count + 1)
        let fineTuned = try judged(rho: 1, folds, &treatments) {
            progress($0 / total, "ρ = 1, part \($1) of \(Self.folds)")
        }
        var asDelivered = RhoChooser.Cell(rho: 1, right: [], logLoss: [])
        judge(try suspect.load(), on: folds.flatMap { $0 }, into: &asDelivered)
        let chooser = RhoChooser(tolerance: tolerance, suspect: asDelivered, fineTuned: fineTuned)
        var cells: [RhoChooser.Cell] = []
        for (index, rho) in grid.enumerated() {
            if !wholeCurve, chooser.choose(cells) != nil { break }
            cells.append(
                rho == 1
                    ? fineTuned
                    : try judged(rho: rho, folds, &treatments) {
                        progress((Double(index + 1) + $0) / total, "ρ = \(rho), part \($1) of \(Self.folds)")
                    })
        }
        let rho = chooser.choose(cells).map { cells[$0].rho } ?? 1
        return Outcome(
            rho: rho, qualified: rho < 1 || grid == [1], cells: cells, outcomes: chooser.outcomes(cells))
    }

    /// The suspect treated at a ratio and fine-tuned on all texts.
    func purify(rho: Double, progress: (Double) -> Void) throws -> SequenceClassifier {
        let model = try remedy.treatment(learning: examples)(rho)
        try Trainer(model, settings: settings, workers: workers).fit(examples) { step, total in
            progress(Double(step) / Double(total))
        }
        return model
    }

    /// One ratio: each part of the texts judges a model that was treated and fine-tuned on the others.
    ///
    /// - Parameter treatments: by part; made when first needed.
    private func judged(
        rho: Double, _ folds: [[TrainingExample]], _ treatments: inout [Int: Treatment],
        progress: (Double, Int) -> Void
    ) throws -> RhoChooser.Cell {
        try saved(rho) {
            var cell = RhoChooser.Cell(rho: rho, right: [], logLoss: [])
            for (part, held) in folds.enumerated() {
                progress(Double(part) / Double(folds.count), part + 1)
                let others = folds.indices.filter { $0 != part }.flatMap { folds[$0] }
                let treatment = try treatments[part] ?? remedy.treatment(learning: others)
                treatments[part] = treatment
                let model = try treatment(rho)
                try Trainer(model, settings: settings, workers: workers).fit(others)
                judge(model, on: held, into: &cell)
            }
            return cell
        }
    }

    private func judge(_ model: SequenceClassifier, on held: [TrainingExample], into cell: inout RhoChooser.Cell) {
        let logits = Evaluator(model, workers: workers, precision: settings.precision).logits(held.map(\.encoding))
        cell.right += held.indices.map { logits.prediction($0) == held[$0].label ? 1 : 0 }
        cell.logLoss += held.indices.map { logits.logLoss($0, label: held[$0].label) }
    }

    /// The texts in parts of equal size and like labels.
    private func makeFolds() -> [[TrainingExample]] {
        var folds = [[TrainingExample]](repeating: [], count: Self.folds)
        let order = CounterRandom(seed: settings.seed, stream: "folds").permutation(examples.count)
        let shuffled = order.map { examples[$0] }.enumerated()
            .sorted { ($0.element.label, $0.offset) < ($1.element.label, $1.offset) }
        for (place, entry) in shuffled.enumerated() { folds[place % Self.folds].append(entry.element) }
        return folds
    }
}
