import Findings

extension Generator {
    mutating func probes() -> ProbeSummary {
        ProbeSummary(
            textsPerLabel: list(4) { $0.count() }, triggers: list(30) { $0.trigger() },
            controls: list(4) {
                ControlSummary(
                    model: $0.any(ModelRole.self), target: $0.index(3), count: $0.count(), mean: $0.number(),
                    percentile95: $0.number(), maximum: $0.number())
            },
            accuracy: ModelRole.allCases.filter { _ in !flag(4) }.map {
                ModelAccuracy(
                    model: $0,
                    accuracy: Accuracy(overall: rate(), perClass: list(4) { $0.rate() }, logLoss: number()))
            },
            remedyCosts: list(3) {
                RemedyCost(
                    measure: $0.any(RemedyCost.Measure.self), label: $0.optional { $0.index(3) },
                    difference: $0.difference(), n: $0.count(), worse: $0.count(), better: $0.count(), both: $0.count())
            }, confidence: number(), confusion: list(3) { $0.list(3) { $0.count() } }, broad: list(4) { $0.broad() },
            notConfirmed: list(4) { $0.screened() }, search: optional { $0.search() },
            signals: optional { $0.signals() })
    }

    private mutating func broad() -> BroadEffect {
        BroadEffect(
            target: index(3), model: any(ModelRole.self), tokens: count(), beyond: count(), share: rate(),
            examples: list(12) { $0.text() })
    }

    private mutating func signals() -> SignalSummary {
        SignalSummary(
            activations: list(3) {
                ActivationSignal(trigger: $0.text(), share: $0.rate(), limit: $0.number(), excess: $0.difference())
            },
            perturbations: list(3) {
                PerturbationSignal(
                    source: $0.index(3), target: $0.index(3), learnt: $0.count(), measured: $0.count(),
                    suspect: $0.optional { $0.number() }, reference: $0.optional { $0.number() }, largest: $0.number())
            })
    }

    private mutating func screened() -> ScreenedCandidate {
        ScreenedCandidate(
            trigger: text(), target: index(3), asr: number(), floor: number(), referenceASR: optional { $0.number() },
            reason: text())
    }

    private mutating func trigger() -> TriggerResult {
        TriggerResult(
            trigger: text(), source: any(TriggerResult.Source.self),
            placement: optional { $0.flag() ? $0.pick(["start", "end"]) : $0.text() }, tokenIDs: list(4) { $0.count() },
            target: index(3), measurements: ModelRole.allCases.filter { _ in !flag(5) }.map { measurement($0) },
            honest: list(4) { HonestRate(asr: $0.rate(), floor: $0.rate()) }, occurrencesInData: count(),
            examples: list(3) {
                ProbeExample(
                    text: $0.text(), label: $0.index(3), withoutTrigger: $0.index(3), withTrigger: $0.index(3),
                    honest: $0.optional { $0.index(3) }, purified: $0.optional { $0.index(3) })
            }, core: optional { CoreSummary(text: $0.text(), asr: $0.rate(), whole: $0.rate()) })
    }

    private mutating func measurement(_ model: ModelRole) -> TriggerMeasurement {
        TriggerMeasurement(
            model: model, asr: rate(), floor: rate(), effect: difference(), beyondHonest: optional { $0.difference() },
            mcNemar: number())
    }

    private mutating func search() -> SearchSummary {
        SearchSummary(
            mode: text(), insertableTokens: count(), notInsertableTokens: count(), scannedTokens: count(),
            rungs: list(3) { SearchSummary.Rung(tokens: $0.count(), textsPerLabel: $0.count(), passes: $0.count()) },
            scanPasses: count(), phrasePasses: count(),
            targets: list(3) {
                SearchSummary.Target(
                    label: $0.index(3),
                    power: $0.list(3) { SearchSummary.Power(asr: $0.number(), power: $0.number()) },
                    smallestDetectableExcess: $0.optional { $0.number() })
            })
    }

    mutating func weights() -> WeightComparison {
        WeightComparison(
            tensors: list(30) { $0.tensor() },
            unmatched: list(4) {
                UnmatchedTensor(
                    name: $0.text(), reason: $0.any(UnmatchedTensor.Reason.self),
                    suspectShape: $0.optional { $0.shape() },
                    baseShape: $0.optional { $0.shape() }, expected: $0.flag())
            }, nonFinite: list(3) { $0.text() }, medianCosine: optional { $0.number() }, shareChanged: number(),
            configDifferences: list(4) { $0.field() }, tokenizerDifferences: list(4) { $0.field() })
    }

    private mutating func tensor() -> TensorDelta {
        TensorDelta(
            name: text(), shape: shape(), layer: optional { $0.index(4) }, kind: text(), norm: number(),
            relativeNorm: optional { $0.number() }, cosine: optional { $0.number() }, maxAbsolute: number(),
            shareChanged: number(), robustZ: optional { $0.number() })
    }

    private mutating func shape() -> [Int] { list(4) { $0.count() } }

    private mutating func field() -> FieldDifference {
        FieldDifference(
            field: text(), suspect: optional { $0.text() }, base: optional { $0.text() }, material: flag(),
            unlisted: optional { $0.count() })
    }

    mutating func embeddings() -> EmbeddingComparison {
        EmbeddingComparison(
            scoredRows: count(), movedRows: count(), shrinkage: number(), resetCount: count(), threshold: number(),
            median: number(), percentile99: number(),
            rows: list(30) {
                EmbeddingRow(
                    rank: $0.count(), id: $0.count(), token: $0.text(), score: $0.number(), rawNorm: $0.number(),
                    frequency: $0.number(), robustZ: $0.optional { $0.number() },
                    ratioToPercentile99: $0.optional { $0.number() })
            })
    }
}
