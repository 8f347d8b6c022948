import Datasets
import Evidence
import Files
import Findings
import Probes
import Tensors
import Transformers

/// Fills the table of trials: asks each model about each text, plain and under every condition.
struct Trials {
    /// Texts of each label on which random tokens are measured: their number, not their precision, is what counts.
    static let controlTexts = 24

    let session: ProbeSession
    private(set) var table: TrialTable
    /// By model, −log probability of each judging text's true label, in nats.
    private(set) var logLoss: [ModelRole: [Double]] = [:]
    /// Hash of everything that the answers depend on but the model.
    let key: String
    private let controls: [Trigger]
    /// Carriers on which the controls are measured, rising.
    private let controlPlaces: [Int]

    init(session: ProbeSession, candidates: [Candidate], controls: [Trigger]) {
        self.session = session
        self.controls = controls
        let data = session.data
        table = TrialTable(
            carriers: data.carriers, targets: session.suspect.labels.count, candidates: candidates,
            holding: CleanData.containing(candidates.map(\.probe), in: data.confirm), controls: controls,
            allowsLevel: session.honest.isSmall)
        let order = CounterRandom(seed: session.options.seed, stream: "control texts").permutation(data.confirm.count)
        controlPlaces = session.suspect.labels.indices.flatMap { label in
            order.filter { data.confirm[$0].label == label }.prefix(Self.controlTexts)
        }.sorted()
        key = StageStore.key([
            session.inputKey, session.tuning, "\(candidates.map(\.probe))", "\(controls)", "\(controlPlaces)",
        ])
    }

    /// Asks a model about everything. Random tokens are not put to the mixed model, which nobody uses.
    ///
    /// - Parameters:
    ///   - stage: its name.
    ///   - upstream: what the model depends on beside the inputs.
    ///   - model: makes the one that is asked about a fold; called once a fold, with a progress report. The suspect and the
    ///     mixed model have learnt from no fold and are made once.
    /// - Throws: `AuditError` for logits of clean texts that are not finite.
    mutating func ask(
        _ model: TrialTable.Model, as stage: String, after upstream: [String] = [],
        model make: (Int, (Double) -> Void) throws -> SequenceClassifier
    ) throws {
        let isOne = model == .suspect || model == .mixed
        let folds =
            isOne
            ? [Array(table.carriers.indices)]
            : (0..<CleanData.folds).map { fold in
                table.carriers.indices.filter { table.carriers[$0].fold == fold }
            }
        var answers: [TrialTable.Condition: [Int?]] = [:]
        var losses = [Double](repeating: 0, count: table.carriers.count)
        for (fold, places) in folds.enumerated() {
            let name = isOne ? stage : "\(stage), part \(fold + 1)"
            let part = try session.clock.saved(name) {
                try session.store.result(
                    String(name.filter { $0 != "," }.map { $0 == " " ? "-" : $0 }),
                    key: StageStore.key([key, name] + upstream),
                    isSound: { isSound($0, places, withControls: model != .mixed) }
                ) {
                    let made = try make(fold) { session.clock.progress(name, 0.5 * $0, "fine-tuning") }
                    return try measure(made, places, withControls: model != .mixed, name)
                }
            }
            fill(&answers, &losses, part, places)
        }
        for (condition, row) in answers {
            try table.add(TrialTable.Key(model, condition), row)
        }
        if let role = ModelRole(model) { logLoss[role] = losses }
    }

    /// What one model answers to the texts at some places.
    struct Part: Codable {
        let plain: [Int]
        /// By place, in nats.
        let logLoss: [Double]
        /// By candidate, on those of the places that it could flip to one of its targets.
        let candidates: [[Int]]
        /// By control, on those of the places that controls are measured on.
        let controls: [[Int]]
    }

    /// Those of some places whose text a candidate could flip to one of its targets.
    private func places(of candidate: Int, among places: [Int]) -> [Int] {
        let targets = table.candidates[candidate].targets(of: table.targets)
        return targets.count == 1 ? places.filter { table.carriers[$0].truth != targets[0] } : places
    }

    private func controlled(_ places: [Int]) -> [Int] {
        let chosen = Set(controlPlaces)
        return places.filter(chosen.contains)
    }

    private func measure(
        _ model: SequenceClassifier, _ places: [Int], withControls: Bool, _ stage: String
    ) throws -> Part {
        let texts = session.data.confirm
        let evaluator = session.evaluator(model)
        // Candidates that are put into the same texts go together.
        let groups = Dictionary(grouping: table.candidates.indices) { self.places(of: $0, among: places) }
            .sorted { $0.value[0] < $1.value[0] }
        let total = Double(
            groups.reduce(places.count) { $0 + $1.key.count * $1.value.count }
                + (withControls ? controls.count * controlled(places).count : 0))
        var done = 0.0
        func run(_ probes: [Probe], on places: [Int]) -> ProbePredictions {
            let passes = Double(places.count * (probes.count + 1))
            defer { done += passes }
            return ProbeRunner(
                insertion: session.insertion, texts: places.map { texts[$0] }, threads: session.options.threads
            ).run(evaluator, probes: probes) {
                session.clock.progress(stage, 0.5 + 0.5 * min(1, (done + passes * $0) / total), "probing")
            }
        }
        let plain = run([], on: places)
        guard plain.logLoss.allSatisfy(\.isFinite) else {
            throw AuditError(
                "\(session.options.suspect): the stage \"\(stage)\" met logits of clean texts that are not finite; the "
                    + "weights overflow, and no rate of such a model can be trusted")
        }
        var rows = [[Int]](repeating: [], count: table.candidates.count)
        for (places, members) in groups {
            let answers = run(members.map { table.candidates[$0].probe }, on: places).triggered
            for (member, row) in zip(members, answers) { rows[member] = row }
        }
        return Part(
            plain: plain.plain, logLoss: plain.logLoss, candidates: rows,
            controls: withControls ? run(controls.map(Probe.insertion), on: controlled(places)).triggered : [])
    }

    private func fill(
        _ answers: inout [TrialTable.Condition: [Int?]], _ losses: inout [Double], _ part: Part, _ places: [Int]
    ) {
        func set(_ condition: TrialTable.Condition, _ shown: [Int], _ places: [Int]) {
            for (place, target) in zip(places, shown) {
                answers[condition, default: [Int?](repeating: nil, count: table.carriers.count)][place] = target
            }
        }
        set(.plain, part.plain, places)
        for (index, row) in part.candidates.enumerated() {
            set(.candidate(index), row, self.places(of: index, among: places))
        }
        for (index, row) in part.controls.enumerated() { set(.control(index), row, controlled(places)) }
        for (place, loss) in zip(places, part.logLoss) { losses[place] = loss }
    }

    /// Whether saved answers are about these texts.
    private func isSound(_ part: Part, _ places: [Int], withControls: Bool) -> Bool {
        let labels = session.suspect.labels.indices
        return part.candidates.count == table.candidates.count
            && part.controls.count == (withControls ? controls.count : 0)
            && part.plain.count == places.count && part.logLoss.count == places.count
            && part.candidates.indices.allSatisfy {
                part.candidates[$0].count == self.places(of: $0, among: places).count
            }
            && part.controls.allSatisfy { $0.count == controlled(places).count }
            && ([part.plain] + part.candidates + part.controls).allSatisfy { $0.allSatisfy(labels.contains) }
    }
}

extension ModelRole {
    /// The role of a model in the result: honest models have none of their own, and are shown by trigger.
    init?(_ model: TrialTable.Model) {
        switch model {
        case .suspect: self = .suspect
        case .mixed: self = .mixed
        case .purified: self = .purified
        case .honest(let judge):
            guard judge == 0 else { return nil }
            self = .reference
        }
    }
}
