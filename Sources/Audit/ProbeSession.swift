import Checkpoints
import Datasets
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
    /// Built-in and user triggers.
    let known: [Candidate]
    let weights: WeightStage
    let purification: Purification
    let data: CleanData
    let maxLength: Int
    /// Models shared with other audits; nil where there are none.
    let references: ReferenceModels?
    let baseDigests: [String]
    /// Hash of everything that the saved stages depend on.
    let inputKey: String
    /// Trained when first needed, and kept until the probes are done with it.
    var reference: SequenceClassifier?
    private var chosenRatio: Double?
    private var purified: SequenceClassifier?

    init(
        options: AuditOptions, policy: Policy, pair: ModelPair, weights: WeightStage, clock: StageClock,
        store: StageStore, references: ReferenceModels? = nil
    ) throws {
        self.options = options
        self.policy = policy
        self.clock = clock
        self.store = store
        self.weights = weights
        self.references = references
        baseDigests = pair.base.digests.map(\.sha256)
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
        known = .known(builtIn: options.knownTriggers, user: userTriggers, tokenizer: tokenizer)
        let longest = maxLength / 2
        if let long = known.first(where: { $0.trigger.ids.count > longest }) {
            let sentence =
                "the trigger \"\(long.trigger.text)\" has \(long.trigger.ids.count) tokens, more than half of the "
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
        let family: [Candidate]
        let controls: [Trigger]
        let suspect: ProbePredictions
        let reference: ProbePredictions
        let twins: [TwinRates]
        let strongestTwins: StrongestTwins
        /// By place in the family, the suspect's predictions with the token's row reset.
        let rowReset: [Int: [Int]]
        /// By place in the family, the suspect's predictions with each single word of a phrase.
        let words: [Int: [[Int]]]
        /// By place in the family, the reference model's predictions with a part of a phrase.
        let honestParts: [Int: [[Int]]]
        /// By place in the family and target, the cores of known triggers of several words.
        let cores: [Int: [Int: TriggerCore]]
        let search: TriggerSearch.Outcome
        let notConfirmed: [ScreenedCandidate]
        let signals: SignalSummary?
        /// Nil where no remedy was wanted.
        let remedy: Remedied?
        let session: ProbeSession
    }

    /// What Fine-mixing did.
    struct Remedied {
        let search: Purification.Search
        let mixed: ProbePredictions
        let purified: ProbePredictions
        let twins: [TwinRates]
        /// By place in the family and target, the purified model's predictions with the strongest like words.
        let strongestTwins: [Int: [Int: [Int]]]
    }

    func run() throws -> Measured {
        let search = try searchForTriggers()
        let (family, rejected) = try chooseFamily(search)
        let controls = controls(of: family)
        let triggers = family.map(\.trigger) + controls
        let familyKey = StageStore.key([inputKey, tuning, "\(triggers.map(\.text))", "\(family.map(\.targets))"])
        let suspectPredictions = try probe("probe suspect", key: familyKey, triggers) { try suspect.load() }
        let twins = try probeTwins(family, on: .suspect, key: familyKey) { try suspect.load() }
        let rowReset = try probeResetRows(family, key: familyKey)
        let words = try probeWords(family, key: familyKey)
        let cores = try shortenKnown(family, key: familyKey)
        let referencePredictions = try probe(
            "probe reference", key: familyKey, Array(triggers.prefix(family.count + Self.controlsOfReference))
        ) {
            try referenceModel("probe reference")
        }
        let honestParts = try probeHonestParts(family, key: familyKey)
        let strongestTwins = try strongestTwins(family, key: familyKey)
        let signals = try signals(family, controls, key: familyKey)
        reference = nil
        return Measured(
            family: family, controls: controls, suspect: suspectPredictions, reference: referencePredictions,
            twins: twins, strongestTwins: strongestTwins, rowReset: rowReset, words: words, honestParts: honestParts,
            cores: cores, search: search, notConfirmed: rejected, signals: signals,
            remedy: options.remedy ? try remedy(family, triggers, strongestTwins, key: familyKey) : nil,
            session: self)
    }

    private func remedy(
        _ family: [Candidate], _ triggers: [Trigger], _ strongest: StrongestTwins, key familyKey: String
    ) throws -> Remedied {
        let key = StageStore.key([
            familyKey, "\(options.epur) \(purification.mixing.resetRows ?? [])",
            "\(policy.remedyTolerance) \(options.rho) \(options.rhoCurve)",
        ])
        let search = try clock.saved("mix and fine-tune") {
            try store.result(
                "search", key: StageStore.key([key, "search"]),
                isSound: { saved in
                    saved.outcomes.count == saved.cells.count
                        && saved.cells.allSatisfy { $0.right.count == purification.finalTexts.count }
                }
            ) {
                try purification.search { clock.progress("mix and fine-tune", $0, $1) }
            }
        }
        chosenRatio = search.rho
        let mixedKey = StageStore.key([key, "\(search.rho)"])
        let mixed = try probe("probe mixed", key: mixedKey, family.map(\.trigger)) {
            try purification.mixing.mix(rho: search.rho)
        }
        let purified = try probe("probe purified", key: mixedKey, triggers) {
            try purify(search.rho, stage: "probe purified")
        }
        let open = beyondControls(family, purified, controls: triggers.count - family.count)
        let twins = try probeTwins(open, on: .purified, key: StageStore.key([mixedKey, "\(open.map(\.targets))"])) {
            try self.purified ?? purify(search.rho, stage: "like words on purified")
        }
        let strongestTwins = try probe(strongest, on: .purified, key: mixedKey) {
            try self.purified ?? purify(search.rho, stage: $0)
        }
        return Remedied(
            search: search, mixed: mixed, purified: purified, twins: twins, strongestTwins: strongestTwins)
    }

    /// The purified model, fine-tuned now if its predictions were saved before; nil before `run`.
    func purifiedModel() throws -> SequenceClassifier? {
        if let purified { return purified }
        return try chosenRatio.map { try purify($0, stage: "export") }
    }

    private func purify(_ rho: Double, stage: String) throws -> SequenceClassifier {
        let model = try purification.purify(rho: rho) { clock.progress(stage, $0, "fine-tuning at ρ = \(rho)") }
        purified = model
        return model
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
