import Datasets
import Evidence
import Files
import Findings
import Probes
import Tokenizers
import Transformers

extension ProbeSession {
    /// Random tokens that are put into texts on every model.
    static let controls = 100
    /// The first of them are put at the start and at the end as well, where a model may answer to any word.
    static let placedControls = 30

    /// Discover texts of each label that meet every change of whole texts: there are many changes, and one that works flips
    /// most texts.
    static let textsOfChanges = 12

    /// How models are fine-tuned, for keys of stages.
    var tuning: String { "\(options.epochs) \(options.learningRate) \(options.batchSize)" }

    /// Looks for triggers that nobody told of.
    func searchForTriggers() throws -> TriggerSearch.Outcome {
        let honest = try clock.stage("honest models") {
            try self.honest.forSearch { clock.progress("honest models", $0, "fine-tuning the base") }
        }
        return try clock.saved("search for triggers") {
            try store.result(
                "search-triggers", key: StageStore.key([inputKey, tuning, "search", options.scan.rawValue]),
                isSound: { $0.scan.targets.count == suspect.labels.count }
            ) {
                let model = try suspect.load()
                let search = TriggerSearch(
                    mode: options.scan, model: model,
                    weights: PairedWeights(suspect: suspect, base: base, resetRows: nil),
                    embeddings: weights.embeddings, vocabulary: vocabulary, texts: discoverTexts(evaluator(model)),
                    tokenizer: tokenizer, honest: honest, precision: options.precision, seed: options.seed,
                    workers: workers)
                return try search.run { clock.progress("search for triggers", $0, $1) }
            }
        }
    }

    /// Measures what the search found, and every change of whole texts, on the suspect and the search's honest model, and
    /// fixes the candidates before a judging text is read.
    func chooseCandidates(
        _ search: TriggerSearch.Outcome
    ) throws -> (candidates: [Candidate], rejected: [ScreenedCandidate]) {
        let given = Set(known.map(\.probe))
        let found = search.shortlist.filter {
            !given.contains(.insertion($0.trigger)) && insertion.isRealisable($0.trigger)
        }
        var seen = Set<Probe>()
        let insertions = found.map { Probe.insertion($0.trigger) }.filter { seen.insert($0).inserted }
        let changes = TextTransformation.all.map(Probe.transformation)
        let few = suspect.labels.indices.flatMap { label in
            data.discover.filter { $0.label == label }.prefix(Self.textsOfChanges)
        }
        func screened(_ probes: [Probe], _ what: String, on texts: [LabelledText]) throws -> Screening.Answers {
            let key = StageStore.key([inputKey, tuning, what, "\(probes)"])
            return Screening.Answers(
                probes: probes, texts: texts,
                suspect: try screen("screen \(what)", key: key, probes, texts) { try suspect.load() },
                honest: try screen("screen \(what) on an honest model", key: key, probes, texts) {
                    try honest.forSearch()
                })
        }
        let screening = Screening(
            labels: suspect.labels.count, shortlist: found,
            answers: [
                try screened(insertions, "candidates", on: data.discover),
                try screened(changes, "changes of texts", on: few),
            ])
        let (chosen, rejected) = screening.choose()
        return (known + chosen, rejected)
    }

    /// Measures probes on the discover texts, or loads what was measured before.
    private func screen(
        _ stage: String, key: String, _ probes: [Probe], _ texts: [LabelledText],
        model: () throws -> SequenceClassifier
    ) throws -> ProbePredictions {
        try clock.saved(stage) {
            try store.result(
                String(stage.map { $0 == " " ? "-" : $0 }), key: StageStore.key([key, stage]),
                isSound: { saved in
                    saved.triggered.count == probes.count && saved.logLoss.count == texts.count
                        && ([saved.plain] + saved.triggered).allSatisfy {
                            $0.count == texts.count && $0.allSatisfy(self.suspect.labels.indices.contains)
                        }
                }
            ) {
                ProbeRunner(insertion: insertion, texts: texts, threads: options.threads)
                    .run(evaluator(try model()), probes: probes) { clock.progress(stage, $0, "probing") }
            }
        }
    }

    /// Random tokens like the discovered single ones in frequency and length; where only phrases were found, like their
    /// tokens.
    func controls(of candidates: [Candidate]) -> [Trigger] {
        let frequencies = weights.frequencies
        let discovered = candidates.filter(\.source.isDiscovered).map(\.probe.tokenIDs)
        let single = discovered.filter { $0.count == 1 }
        let drawn = ControlTokens.draw(
            Self.controls, matching: Array((single.isEmpty ? discovered : single).joined()), excluding: [],
            tokenizer: tokenizer,
            frequency: { frequencies.indices.contains($0) ? frequencies[$0] : 0 }, seed: options.seed)
        return drawn
            + [Placement.start, .end].flatMap { place in drawn.prefix(Self.placedControls).map { $0.placed(place) } }
    }

    func evaluator(_ model: SequenceClassifier) -> Evaluator {
        Evaluator(model, workers: workers, precision: options.precision)
    }
}
