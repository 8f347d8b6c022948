import Audit
import Datasets
import Lab

/// How much there is to compute, in tokens that the model reads.
struct Work: Sendable, Equatable {
    /// Forward and backward.
    var training = 0.0
    /// Forward alone.
    var evaluation = 0.0
    /// Times that a model is read or written.
    var transfers = 0.0

    static func + (a: Work, b: Work) -> Work {
        Work(
            training: a.training + b.training, evaluation: a.evaluation + b.evaluation,
            transfers: a.transfers + b.transfers)
    }
}

/// Tokens of a task's texts, counted once, and the work of its models and cells.
struct TaskWork: Sendable {
    private let setup: TaskSetup
    private let train: Double
    private let trainOthers: Double
    private let clean: Double
    private let test: Double
    private let testOthers: Double

    init(_ setup: TaskSetup) {
        self.setup = setup
        let (data, target) = (setup.data, setup.config.target)
        train = Double(setup.tokens(data.train.rows))
        trainOthers = Double(setup.tokens(data.train.rows.filter { $0.label != target }))
        clean = Double(setup.tokens(data.clean.rows))
        test = Double(setup.tokens(data.test.rows))
        testOthers = Double(setup.tokens(data.test.rows.filter { $0.label != target }))
    }

    /// Of training a suspect.
    func work(_ suspect: PlannedSuspect) -> Work {
        guard let attack = suspect.attack else {
            return Work(training: train * Double(setup.config.training.epochs), transfers: 2)
        }
        let poisoned = trainOthers * attack.plan.share
        let tokens =
            switch attack.plan.attack {
            case .wordEP: poisoned
            case .sos: train * (1 + attack.plan.share) + poisoned
            default: train + poisoned
            }
        return Work(training: tokens * Double(attack.training(setup.config.training).epochs), transfers: 3)
    }

    /// Of a cell at most: a search may stop early, and remedies of one suspect share some of it.
    func work(_ cell: PlannedCell) -> Work {
        var work = Work(evaluation: test + testOthers * Double(cell.inputs.triggers.count), transfers: 1)
        guard let remedy = cell.inputs.remedy else { return work }
        let tuning = clean * Double(remedy.epochs)
        work = work + Work(training: tuning, transfers: 6)
        let grid = remedy.rho ?? remedy.treatment.method.defaultGrid
        guard grid.count > 1 || remedy.wholeCurve else { return work }
        // Each ratio is judged by three models, each tuned on two thirds of the texts; ρ = 1 is always judged.
        let ratios = Double(grid.filter { $0 != 1 }.count + 1)
        return work + Work(training: ratios * 2 * tuning, evaluation: ratios * clean)
    }
}
