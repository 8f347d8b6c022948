import Datasets
import Files
import Findings
import Probes
import Tokenizers
import Transformers

extension ProbeSession {
    /// Random tokens beside the candidates on what is judged: the null of every discovered trigger.
    static let controls = 200
    /// The first of them, on the reference model, whose level is all that is looked at.
    static let controlsOfReference = 100
    /// Phrases of like meaning beside each candidate.
    static let twins = 16

    /// How models are fine-tuned, for keys of stages.
    var tuning: String { "\(options.epochs) \(options.learningRate) \(options.batchSize)" }

    /// Looks for triggers that nobody told of.
    func searchForTriggers() throws -> TriggerSearch.Outcome {
        try clock.saved("search for triggers") {
            try store.result(
                "search-triggers", key: StageStore.key([inputKey, tuning, "search", options.scan.rawValue]),
                isSound: { $0.scan.targets.count == suspect.labels.count }
            ) {
                let model = try suspect.load()
                let reference = try referenceModel("search for triggers")
                let search = TriggerSearch(
                    mode: options.scan, model: model,
                    weights: PairedWeights(suspect: suspect, base: base, resetRows: nil),
                    embeddings: weights.embeddings, vocabulary: vocabulary, texts: discoverTexts(evaluator(model)),
                    tokenizer: tokenizer, reference: reference, precision: options.precision,
                    isOutlier: { [self] in isOutlier(Trigger($0, tokenizer: tokenizer)) }, seed: options.seed,
                    workers: workers)
                return try search.run { clock.progress("search for triggers", 0.5 + 0.5 * $0, $1) }
            }
        }
    }

    /// Measures what the search found on the suspect and the reference model, and fixes the family before a confirm
    /// text is read.
    func chooseFamily(
        _ search: TriggerSearch.Outcome
    ) throws -> (family: [Candidate], rejected: [ScreenedCandidate]) {
        let given = Set(known.map(\.trigger))
        var seen = Set<Trigger>()
        let found = search.shortlist.filter { found in
            let trigger = Trigger(found.text, tokenizer: tokenizer)
            return !given.contains(trigger) && insertion.isRealisable(trigger)
        }
        let triggers = found.map { Trigger($0.text, tokenizer: tokenizer) }.filter { seen.insert($0).inserted }
        let key = StageStore.key([inputKey, tuning, "screen", "\(triggers.map(\.text))"])
        let suspectPredictions = try probe("screen candidates", key: key, triggers, data.discover) {
            try suspect.load()
        }
        let referencePredictions = try probe("screen on reference", key: key, triggers, data.discover) {
            try referenceModel("screen on reference")
        }
        let (chosen, rejected) = Family(
            texts: data.discover, labels: suspect.labels.count, shortlist: found, triggers: triggers,
            anomalous: search.anomalous, gaining: search.gaining
        ).choose(suspect: suspectPredictions, reference: referencePredictions)
        let sources = Dictionary(
            found.map { (Array($0.text.utf8), $0.source) }, uniquingKeysWith: { first, _ in first })
        let discovered = chosen.keys.sorted().map { index in
            Candidate(
                trigger: triggers[index], source: sources[Array(triggers[index].text.utf8)] ?? .vocabulary,
                targets: chosen[index],
                ratioToPercentile99: movement(triggers[index]), honestParts: honestParts(of: triggers[index], found))
        }
        return (known + discovered, rejected)
    }

    private func honestParts(of trigger: Trigger, _ found: [TriggerSearch.Found]) -> [Trigger] {
        let parts = found.filter { $0.text.utf8.elementsEqual(trigger.text.utf8) }.compactMap(\.honestPart)
        return Set(parts).subtracting([trigger.text]).sorted().map { Trigger($0, tokenizer: tokenizer) }
    }

    /// How far the one token's row moved.
    func movement(_ trigger: Trigger) -> Double? {
        guard trigger.ids.count == 1, let id = trigger.ids.first.map(Int.init) else { return nil }
        return weights.embeddings.rows.first { $0.id == id && $0.rawNorm > 0 }?.ratioToPercentile99
    }

    /// Whether the row of a single token moved so far that it is suspicious by itself.
    func isOutlier(_ trigger: Trigger) -> Bool { (movement(trigger) ?? 0) >= RowReset.outlierRatio }

    /// Random tokens like the discovered single ones in frequency and length; where only phrases were found, like their tokens.
    func controls(of family: [Candidate]) -> [Trigger] {
        let frequencies = weights.frequencies
        let discovered = family.filter(\.source.isDiscovered).map(\.trigger.ids)
        let single = discovered.filter { $0.count == 1 }
        return ControlTokens.draw(
            Self.controls, matching: (single.isEmpty ? discovered : single).joined().map(Int.init),
            excluding: Set(weights.resetRows), tokenizer: tokenizer,
            frequency: { frequencies.indices.contains($0) ? frequencies[$0] : 0 }, seed: options.seed)
    }

    /// Measures triggers on texts, or loads what was measured before.
    func probe(
        _ stage: String, key: String, _ triggers: [Trigger], _ texts: [LabelledText]? = nil,
        model: () throws -> SequenceClassifier
    ) throws -> ProbePredictions {
        let texts = texts ?? data.confirm
        return try clock.saved(stage) {
            try store.result(
                String(stage.map { $0 == " " ? "-" : $0 }), key: StageStore.key([key, stage]),
                isSound: isSound(triggers, texts)
            ) {
                let model = try model()
                let predictions = ProbeRunner(insertion: insertion, texts: texts, threads: options.threads)
                    .run(evaluator(model), triggers: triggers) { clock.progress(stage, 0.5 + 0.5 * $0, "probing") }
                guard predictions.logLoss.allSatisfy(\.isFinite) else {
                    throw AuditError(
                        "\(options.suspect): the stage \"\(stage)\" met logits of clean texts that are not finite; the weights "
                            + "overflow, and no rate of such a model can be trusted")
                }
                return predictions
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

    func evaluator(_ model: SequenceClassifier) -> Evaluator {
        Evaluator(model, workers: workers, precision: options.precision)
    }
}
