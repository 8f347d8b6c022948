import Kernels
import Lab

/// What is left to do and how long it takes, learning from what is done.
final class ZooSchedule {
    private let zoo: Zoo
    private let works: [String: ZooWork]
    private var estimator: Estimator?
    /// Seconds of audits, by data set.
    private var audits: [String: [Double]] = [:]

    /// Calibrates, unless nothing is left to do.
    init(_ zoo: Zoo, workers: Workers) throws {
        self.zoo = zoo
        works = Dictionary(
            zoo.plan.setups.map { ($0.config.name, ZooWork($0)) }, uniquingKeysWith: { first, _ in first })
        guard let first = zoo.open.first else { return }
        estimator = Estimator(
            try Calibration(
                first.setup, precision: zoo.config.precision, workers: workers,
                seconds: zoo.options.files.calibrationSeconds))
        for planned in zoo.plan.models {
            if let record = zoo.record(planned) { observe(planned, record) }
        }
    }

    /// Learns from a model.
    func observe(_ planned: PlannedModel, _ record: ZooRecord) {
        guard let trained = record.trained, let audit = record.audit else { return }
        estimator?.observe(planned.model.kind, work(planned.model), seconds: trained.seconds)
        audits[planned.model.data, default: []].append(audit.seconds)
    }

    /// What is left.
    var estimate: ZooEstimate {
        let open = zoo.open
        var starts: [String: ZooModel] = [:]
        let own = Set(open.map(\.trainingKey))
        for planned in open {
            guard let key = planned.startKey, let start = planned.model.start, !own.contains(key),
                zoo.store.trained(key) == nil
            else { continue }
            starts[key] = start
        }
        let models = open.filter { zoo.store.trained($0.trainingKey) == nil }.map(\.model) + starts.values
        let training = models.reduce(0) { $0 + (estimator?.seconds($1.kind, work($1)) ?? 0) }
        let all = audits.values.flatMap(\.self)
        func mean(_ values: [Double]) -> Double { values.reduce(0, +) / Double(max(1, values.count)) }
        let audit = open.reduce(0) { $0 + mean(audits[$1.model.data] ?? all) }
        return ZooEstimate(
            clean: zoo.plan.models.count { $0.model.attack == nil },
            backdoored: zoo.plan.models.count { $0.model.attack != nil }, open: open.count, starts: starts.count,
            trainingSeconds: training, auditSeconds: open.isEmpty ? 0 : all.isEmpty ? nil : audit)
    }

    private func work(_ model: ZooModel) -> Work { works[model.data]?.work(model) ?? Work() }
}

/// What a zoo will cost.
public struct ZooEstimate: Sendable, Equatable {
    public let clean: Int
    public let backdoored: Int
    /// Models that are not finished.
    public let open: Int
    /// Clean fine-tunes that are only trained to be continued from.
    public let starts: Int
    public let trainingSeconds: Double
    /// nil until one audit is finished.
    public let auditSeconds: Double?

    /// Models of the zoo.
    public var models: Int { clean + backdoored }

    /// "about 3 h 12 min left", as far as it is known.
    public var timeLeft: String {
        guard let auditSeconds else {
            return "about \(DurationText.of(trainingSeconds)) of training left, and \(open) audits whose time is known "
                + "after the first"
        }
        return "about \(DurationText.of(trainingSeconds + auditSeconds)) left"
    }

    /// A line for a terminal.
    public var text: String {
        "\(models) models, \(clean) clean and \(backdoored) backdoored: \(models - open) finished"
            + (starts > 0 ? ", \(starts) more clean ones to start from" : "") + ", \(timeLeft)\n"
    }
}

/// Tokens of a data set, counted once, and the work of training its models.
struct ZooWork: Sendable {
    private let train: Double
    private let test: Double

    init(_ setup: TaskSetup) {
        train = Double(setup.tokens(setup.data.train.rows))
        test = Double(setup.tokens(setup.data.test.rows))
    }

    /// Of training a model and measuring what was planted; half of the texts are taken to be of other labels than the
    /// target, for this is an estimate.
    func work(_ model: ZooModel) -> Work {
        var tokens = train
        var triggers = 0.0
        if let plan = model.attack?.plan {
            let poisoned = train / 2 * plan.share
            tokens =
                switch plan.attack {
                case .wordEP: poisoned
                case .sos: train * (1 + plan.share) + poisoned
                default: train + poisoned
                }
            triggers = Double(plan.parts.count)
        }
        return Work(
            training: tokens * Double(model.training.epochs), evaluation: test + test / 2 * triggers,
            transfers: model.attack == nil ? 2 : 3)
    }
}
