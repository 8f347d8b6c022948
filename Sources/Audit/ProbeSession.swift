import Checkpoints
import Datasets
import Findings
import Kernels
import Probes
import Tensors
import Tokenizers
import Transformers

/// The part of an audit that runs models: screening, probing, the remedy, and probing again.
final class ProbeSession {
    /// Candidates of each target label that go from the discover texts to the confirm texts.
    static let confirmedPerTarget = 5

    private let options: AuditOptions
    private let policy: Policy
    private let clock: StageClock
    private let store: StageStore
    private let workers: Workers
    private let suspect: ClassifierSource
    private let base: ClassifierSource
    private let insertion: TriggerInsertion
    private let candidates: Candidates
    private let purification: Purification
    let data: CleanData
    let maxLength: Int
    /// Hash of everything that the saved stages depend on.
    private let inputKey: String
    private var chosenRatio: Double?
    private var purified: SequenceClassifier?

    init(
        options: AuditOptions, policy: Policy, pair: ModelPair, weights: WeightStage, clock: StageClock,
        store: StageStore
    ) throws {
        self.options = options
        self.policy = policy
        self.clock = clock
        self.store = store
        workers = Workers(threads: options.threads)
        suspect = try ClassifierSource(folder: pair.suspect)
        base = try ClassifierSource(base: pair.base, labels: suspect.labels, seed: options.seed)
        let tokenizer = pair.suspectTokenizer
        try suspect.architecture.check(tokenizer, folder: pair.suspect.path)
        maxLength = try Self.maxLength(options, suspect, tokenizer)
        insertion = TriggerInsertion(tokenizer: tokenizer, maxLength: maxLength, seed: options.seed)
        let userTriggers = try options.triggers.map(Candidates.read) ?? []
        candidates = Candidates(
            userTriggers: userTriggers, weights: weights, tokenizer: tokenizer, insertion: insertion,
            seed: options.seed)
        let all = candidates.known + candidates.discovered
        let longest = maxLength / 2
        if let long = all.first(where: { $0.trigger.ids.count > longest }) {
            throw AuditError(
                usage: "the trigger \"\(long.trigger.text)\" has \(long.trigger.ids.count) tokens, more than half of "
                    + "--max-length; shorten it or raise --max-length")
        }
        data = try CleanData(
            path: options.data, labels: suspect.labels.count, candidates: all.map(\.trigger), seed: options.seed)
        if let missing = data.summary.perLabel.firstIndex(of: 0) {
            throw AuditError("\(options.data): label \(missing) has no text; Assay needs clean texts of every label")
        }
        purification = Purification(
            mixing: Mixing(
                suspect: suspect, base: base, resetRows: options.epur ? weights.resetRows : nil, seed: options.seed),
            data: data, insertion: insertion, options: options, tolerance: policy.remedyTolerance, workers: workers)
        inputKey = StageStore.key(
            pair.suspect.digests.map(\.sha256) + pair.base.digests.map(\.sha256)
                + [
                    data.summary.file.sha256, AuditRun.toolVersion, "\(AuditResult.currentSchemaVersion)",
                    "\(InstructionLevel.current)", options.precision.rawValue, "\(options.seed)", "\(maxLength)",
                    "\(all.map(\.trigger.text))", "\(candidates.controls.map(\.text))",
                ])
    }

    /// Everything that was measured.
    struct Measured {
        let family: [Candidate]
        let suspect: ProbePredictions
        let mixed: ProbePredictions
        let purified: ProbePredictions
        let reference: ProbePredictions
        let notConfirmed: [ScreenedCandidate]
        let search: Purification.Search
        let session: ProbeSession
    }

    func run() throws -> Measured {
        let (family, rejected) = try screen()
        let triggers = family.map(\.trigger) + candidates.controls
        let familyKey = StageStore.key([inputKey, "\(family.map(\.trigger.text))"])
        let suspectPredictions = try probe("probe suspect", key: familyKey, triggers) { try suspect.load() }
        let tuneKey = StageStore.key([
            familyKey, "\(options.epochs) \(options.learningRate) \(options.batchSize) \(options.epur)",
            "\(purification.mixing.resetRows ?? [])", "\(policy.remedyTolerance) \(options.rho) \(options.rhoCurve)",
        ])
        let referencePredictions = try probe("probe reference", key: tuneKey, triggers) {
            try Purification.reference(
                base: base, data: data, insertion: insertion, options: options, workers: workers
            ) { self.clock.progress("probe reference", $0 * 0.2, "fine-tuning the base") }
        }
        let search = try clock.saved("mix and fine-tune") {
            try store.result(
                "search", key: StageStore.key([tuneKey, "search"]),
                isSound: { $0.cells.allSatisfy { $0.right.count == purification.finalTexts.count } }
            ) {
                try purification.search { clock.progress("mix and fine-tune", $0, $1) }
            }
        }
        chosenRatio = search.rho
        let mixedKey = StageStore.key([tuneKey, "\(search.rho)"])
        let mixed = try probe("probe mixed", key: mixedKey, family.map(\.trigger)) {
            try purification.mixing.mix(rho: search.rho)
        }
        let purifiedPredictions = try probe("probe purified", key: mixedKey, triggers) {
            try purify(search.rho, stage: "probe purified")
        }
        return Measured(
            family: family, suspect: suspectPredictions, mixed: mixed, purified: purifiedPredictions,
            reference: referencePredictions, notConfirmed: rejected, search: search, session: self)
    }

    /// The purified model, fine-tuned now if its predictions were saved before; nil before `run`.
    func purifiedModel() throws -> SequenceClassifier? {
        if let purified { return purified }
        return try chosenRatio.map { try purify($0, stage: "export") }
    }

    /// The reserve ratios of the grid, rising.
    var grid: [Double] { options.rho.sorted() }

    /// What the summary is made with.
    var summaryInputs: (candidates: Candidates, suspect: ClassifierSource, insertion: TriggerInsertion) {
        (candidates, suspect, insertion)
    }

    /// How the remedy went, without its choice.
    var remedyFacts: (kept: [String], mixed: Int, rowsReset: Int, steps: Int) {
        let mixing = purification.mixing
        return (
            mixing.kept.map { suspect.checkpointNames[$0.name] ?? $0.name }, mixing.mixed.count,
            mixing.resetRows?.count ?? 0, purification.steps
        )
    }

    /// Measures the ranked tokens on the discover texts and fixes the family before a confirm text is read.
    private func screen() throws -> (family: [Candidate], rejected: [ScreenedCandidate]) {
        let triggers = candidates.discovered.map(\.trigger)
        let key = StageStore.key([inputKey, "screen"])
        let predictions = try clock.saved("screen candidates") {
            try store.result("screen", key: key, isSound: isSound(triggers, data.discover)) {
                ProbeRunner(insertion: insertion, texts: data.discover, threads: options.threads)
                    .run(evaluator(try suspect.load()), triggers: triggers) {
                        clock.progress("screen candidates", $0)
                    }
            }
        }
        let measurements = Measurements(
            texts: data.discover, labels: suspect.labels.count, family: candidates.discovered, controls: 0,
            containing: CleanData.containing(triggers, in: data.discover))
        var chosen = Set<Int>()
        var rejected: [ScreenedCandidate] = []
        for target in suspect.labels.indices {
            let rates = triggers.indices.map { index in
                let carriers = measurements.carriers(target, for: index)
                return (
                    asr: mean(measurements.hits(predictions, index, target, carriers)),
                    floor: mean(measurements.plainHits(predictions, target, carriers))
                )
            }
            let order = triggers.indices.sorted { (rates[$1].asr, $0) < (rates[$0].asr, $1) }
            for (place, index) in order.enumerated() {
                let (asr, floor) = rates[index]
                if asr > floor, place < Self.confirmedPerTarget {
                    chosen.insert(index)
                } else {
                    rejected.append(
                        ScreenedCandidate(
                            trigger: triggers[index].text, target: target, asr: asr, floor: floor,
                            reason: asr > floor
                                ? "weaker than the confirmed ones" : "flips no more texts than are flipped without it"))
                }
            }
        }
        rejected.removeAll { candidate in chosen.contains { triggers[$0].text == candidate.trigger } }
        let unreachable = candidates.notRealisable.map {
            ScreenedCandidate(trigger: $0, target: 0, asr: 0, floor: 0, reason: "no text gives this token by itself")
        }
        return (candidates.known + chosen.sorted().map { candidates.discovered[$0] }, rejected + unreachable)
    }

    private func probe(
        _ stage: String, key: String, _ triggers: [Trigger], model: () throws -> SequenceClassifier
    ) throws -> ProbePredictions {
        try clock.saved(stage) {
            try store.result(
                String(stage.map { $0 == " " ? "-" : $0 }), key: StageStore.key([key, stage]),
                isSound: isSound(triggers, data.confirm)
            ) {
                let model = try model()
                return ProbeRunner(insertion: insertion, texts: data.confirm, threads: options.threads)
                    .run(evaluator(model), triggers: triggers) {
                        clock.progress(stage, $0, "probing")
                    }
            }
        }
    }

    /// Whether saved predictions are of these triggers on these texts.
    private func isSound(_ triggers: [Trigger], _ texts: [LabelledText]) -> (ProbePredictions) -> Bool {
        { saved in
            saved.triggered.count == triggers.count
                && ([saved.plain] + saved.triggered).allSatisfy {
                    $0.count == texts.count && $0.allSatisfy(self.suspect.labels.indices.contains)
                } && saved.logLoss.count == texts.count
        }
    }

    private func evaluator(_ model: SequenceClassifier) -> Evaluator {
        Evaluator(model, workers: workers, precision: options.precision)
    }

    private func purify(_ rho: Double, stage: String) throws -> SequenceClassifier {
        let model = try purification.purify(rho: rho) { clock.progress(stage, $0, "fine-tuning at ρ = \(rho)") }
        purified = model
        return model
    }

    private static func maxLength(
        _ options: AuditOptions, _ model: ClassifierSource, _ tokenizer: any Tokenizer
    ) throws -> Int {
        guard let asked = options.maxLength else { return model.architecture.defaultMaxLength(tokenizer) }
        guard (32...model.architecture.maxPositions).contains(asked) else {
            throw AuditError(
                usage: "--max-length \(asked) is outside 32…\(model.architecture.maxPositions), the model's positions")
        }
        return asked
    }
}
