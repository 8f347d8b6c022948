import Checkpoints
import Datasets
import Evidence
import Files
import Findings
import Kernels
import Probes
import Tensors
import Tokenizers
import Transformers

/// The part of an audit that runs models: the search, the probes, the remedy, and the probes again.
final class ProbeSession {
    let options: AuditOptions
    let policy: Policy
    let clock: StageClock
    let store: StageStore
    let workers: Workers
    let suspect: ClassifierSource
    let base: ClassifierSource
    let tokenizer: any Tokenizer
    let insertion: TriggerInsertion
    let vocabulary: SearchVocabulary
    /// Built-in and user triggers: always judged.
    let known: [Candidate]
    let weights: WeightStage
    let purification: Purification
    let data: CleanData
    let maxLength: Int
    let honest: HonestModels
    /// Hash of everything that the saved stages depend on.
    let inputKey: String
    private var chosenRatio: Double?

    init(
        options: AuditOptions, policy: Policy, pair: ModelPair, weights: WeightStage, clock: StageClock,
        store: StageStore, references: ReferenceModels? = nil
    ) throws {
        self.options = options
        self.policy = policy
        self.clock = clock
        self.store = store
        self.weights = weights
        let baseDigests = pair.base.digests.map(\.sha256)
        workers = Workers(threads: options.threads)
        suspect = try ClassifierSource(folder: pair.suspect)
        base = try ClassifierSource(base: pair.runnableBase, labels: suspect.labels, seed: options.seed)
        tokenizer = pair.suspectTokenizer
        try suspect.architecture.check(tokenizer, folder: pair.suspect.path)
        maxLength = try suspect.architecture.maxLength(
            options.maxLength, atLeast: 32, tokenizer, folder: pair.suspect.path)
        insertion = TriggerInsertion(tokenizer: tokenizer, maxLength: maxLength, seed: options.seed)
        vocabulary = SearchVocabulary(tokenizer, special: pair.baseTokenizer.specialIDs)
        let userTriggers = try options.triggers.map(TriggerFile.read) ?? []
        known = .known(
            builtIn: options.knownTriggers ? Trigger.knownTexts : [], user: userTriggers, tokenizer: tokenizer)
        let longest = maxLength / 2
        if let long = known.first(where: { $0.probe.tokenIDs.count > longest }) {
            let sentence =
                "the trigger \"\(long.probe.text)\" has \(long.probe.tokenIDs.count) tokens, more than half of the "
                + "\(maxLength) of a text"
            // Only a length or a trigger that the user gave is the user's to mend.
            guard options.maxLength == nil, long.source == .known else {
                throw AuditError(usage: sentence + "; shorten it or raise --max-length")
            }
            throw AuditError(
                "\(pair.suspect.path)/tokenizer_config.json: \(sentence) (model_max_length); if the model takes more, say "
                    + "how many with --max-length, or leave out the built-in triggers with --no-known-triggers")
        }
        data = try CleanData(path: options.data, labels: suspect.labels.count, seed: options.seed)
        honest = HonestModels(
            base: { [labels = suspect.labels] seed in
                try ClassifierSource(base: pair.runnableBase, labels: labels, seed: seed)
            }, parameters: pair.base.checkpoint.parameterCount, baseDigests: baseDigests, labels: suspect.labels.count,
            data: data, insertion: insertion,
            options: options, workers: workers,
            suspectAccuracy: { [suspect, insertion, workers] texts in
                let logits = Evaluator(try suspect.load(), workers: workers, precision: options.precision)
                    .logits(texts.map(insertion.plain))
                return Double(texts.indices.count { logits.prediction($0) == texts[$0].label })
                    / Double(max(1, texts.count))
            }, shared: references)
        purification = Purification(
            mixing: Mixing(
                suspect: suspect, base: base, resetRows: options.epur ? weights.resetRows : nil, seed: options.seed),
            data: data, insertion: insertion, options: options, tolerance: policy.remedyTolerance, workers: workers)
        inputKey = StageStore.key(
            pair.suspect.digests.map(\.sha256) + baseDigests
                + [
                    data.summary.file.sha256, AuditRun.toolVersion, "\(AuditResult.currentSchemaVersion)",
                    "\(InstructionLevel.current)", options.precision.rawValue, "\(options.seed)", "\(maxLength)",
                    options.frequencies.map { _ in StageStore.key(weights.frequencies.map(\.description)) } ?? "prior",
                ])
    }

    /// Everything that was measured.
    struct Measured {
        let table: TrialTable
        let search: TriggerSearch.Outcome
        let notConfirmed: [ScreenedCandidate]
        /// By place among the candidates and target, the cores of known triggers of several words.
        let cores: [Int: [Int: TriggerCore]]
        let signals: SignalSummary?
        /// By model, −log probability of each judging text's true label, in nats.
        let logLoss: [ModelRole: [Double]]
        /// Nil where no remedy was wanted.
        let remedy: Purification.Search?
        let session: ProbeSession
    }

    func run() throws -> Measured {
        let search = try searchForTriggers()
        let (candidates, rejected) = try chooseCandidates(search)
        let controls = controls(of: candidates)
        var trials = Trials(session: self, candidates: candidates, controls: controls)
        let key = trials.key
        try trials.ask(.suspect, as: "probe suspect") { _, _ in try suspect.load() }
        for judge in 0..<honest.judges {
            try trials.ask(.honest(judge), as: "probe honest model \(judge + 1)") { fold, progress in
                try honest.judge(judge, of: fold, progress: progress)
            }
        }
        let cores = try shortenKnown(candidates, key: key)
        let signals = try signals(candidates, controls, key: key)
        honest.release()
        let remedy = options.remedy ? try remedy(&trials) : nil
        return Measured(
            table: trials.table, search: search, notConfirmed: rejected, cores: cores, signals: signals,
            logLoss: trials.logLoss, remedy: remedy, session: self)
    }

    private func remedy(_ trials: inout Trials) throws -> Purification.Search {
        let key = StageStore.key([
            inputKey, tuning, "\(options.epur) \(purification.mixing.resetRows ?? [])",
            "\(policy.remedyTolerance) \(options.rho) \(options.rhoCurve)",
        ])
        let search = try clock.saved("mix and fine-tune") {
            try store.result(
                "search", key: StageStore.key([key, "search"]),
                isSound: { saved in
                    saved.outcomes.count == saved.cells.count
                        && saved.cells.allSatisfy { $0.right.count == purification.texts.count }
                }
            ) {
                try purification.search { clock.progress("mix and fine-tune", $0, $1) }
            }
        }
        chosenRatio = search.rho
        let upstream = [key, "\(search.rho)"]
        try trials.ask(.mixed, as: "probe mixed", after: upstream) { _, _ in
            try purification.mixing.mix(rho: search.rho)
        }
        try trials.ask(.purified, as: "probe purified", after: upstream) { fold, progress in
            try purification.purify(rho: search.rho, without: fold, progress: progress)
        }
        return search
    }

    /// The purified model, tuned on all texts; nil before `run`.
    func purifiedModel() throws -> SequenceClassifier? {
        try chosenRatio.map { rho in
            try purification.purify(rho: rho) { clock.progress("export", $0, "fine-tuning at ρ = \(rho)") }
        }
    }
}

extension ProbeSession {
    /// The reserve ratios of the grid, rising.
    var grid: [Double] { options.rho.sorted() }

    /// How the remedy went, without its choice.
    var remedyFacts: (kept: [String], mixed: Int, rowsReset: Int, steps: Int) {
        let mixing = purification.mixing
        return (
            mixing.kept.map { suspect.checkpointNames[$0.name] ?? $0.name }, mixing.mixed.count,
            mixing.resetRows?.count ?? 0, purification.steps
        )
    }
}
