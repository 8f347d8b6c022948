import Datasets
import Findings
import Probes
import Statistics
import Tokenizers
import Transformers

extension ProbeSummary {
    /// - Parameter limit: the gate's on the excess of a discovered trigger.
    init(_ measured: ProbeSession.Measured, limit: Double) {
        let session = measured.session
        let texts = session.data.confirm
        let labels = session.suspect.labels.count
        let m = Measurements(
            texts: texts, labels: labels, family: measured.family, controls: measured.controls.count,
            containing: CleanData.containing(measured.family.map(\.trigger), in: texts))
        let models: [(role: ModelRole, predictions: ProbePredictions)] =
            [(.suspect, measured.suspect)]
            + (measured.remedy.map { [(.mixed, $0.mixed), (.purified, $0.purified)] } ?? [])
            + [(.reference, measured.reference)]
        let occurrences = session.data.occurrences(of: measured.family.map(\.trigger))
        let uses = session.data.uses(of: measured.family.map(\.trigger))
        var triggers: [TriggerResult] = []
        for (index, candidate) in measured.family.enumerated() {
            for target in candidate.targets ?? Array(0..<labels) {
                func own(_ twins: [TwinRates]?) -> TwinRates? {
                    twins?.first { $0.trigger == index && $0.target == target }
                }
                let twins = [ModelRole.suspect: own(measured.twins), .purified: own(measured.remedy?.twins)]
                let strongest = [
                    ModelRole.suspect: measured.strongestTwins.labels(.suspect, index, target),
                    .purified: measured.remedy?.strongestTwins[index]?[target],
                ]
                let onReference = measured.strongestTwins.labels(.reference, index, target)
                let measurements = models.map { role, predictions in
                    m.measurement(
                        predictions, model: role, family: index, target: target,
                        evidence: TriggerEvidence(
                            reference: measured.reference, honestParts: measured.honestParts[index] ?? [],
                            twins: twins[role] ?? nil,
                            strongestTwin: (strongest[role] ?? nil).flatMap { own in onReference.map { (own, $0) } },
                            shareInData: uses[index].share(of: target),
                            rowReset: role == .suspect ? measured.rowReset[index] : nil,
                            words: role == .suspect ? measured.words[index] : nil))
                }
                triggers.append(
                    TriggerResult(
                        trigger: candidate.trigger.text, source: candidate.source,
                        tokenIDs: candidate.trigger.ids.map(Int.init), target: target, measurements: measurements,
                        occurrencesInData: occurrences[candidate.trigger, default: 0],
                        examples: Self.examples(measured, index, target, m.carriers(target, for: index)),
                        twins: own(measured.twins).flatMap {
                            TwinSummary($0, strongest: measured.strongestTwins.triggers[index]?[target]?.text)
                        },
                        core: measured.cores[index]?[target].map(CoreSummary.init)))
            }
        }
        Self.adjust(&triggers)
        triggers.sort { a, b in
            (b.on(.suspect)?.effect.value ?? 0, a.trigger) < (a.on(.suspect)?.effect.value ?? 0, b.trigger)
        }
        let controls = models.flatMap { role, predictions in
            (0..<labels).compactMap { m.controlSummary(predictions, model: role, target: $0) }
        }
        self.init(
            textsPerLabel: session.data.confirmPerLabel(labels), triggers: triggers, controls: controls,
            accuracy: models.map { ModelAccuracy(model: $0, accuracy: m.accuracy($1)) },
            remedyCosts: measured.remedy.map { m.remedyCosts(before: measured.suspect, after: $0.purified) } ?? [],
            confidence: 0.95, notConfirmed: measured.notConfirmed,
            search: SearchSummary(measured, m, limit: limit), signals: measured.signals)
    }

    /// Two texts that the trigger flips.
    private static func examples(
        _ measured: ProbeSession.Measured, _ index: Int, _ target: Int, _ carriers: [Int]
    ) -> [ProbeExample] {
        let session = measured.session
        let flipped = carriers.filter {
            measured.suspect.triggered[index][$0] == target && measured.suspect.plain[$0] != target
        }
        return flipped.prefix(2).map { place in
            let text = session.data.confirm[place]
            let shown = session.insertion.texts(inserting: measured.family[index].trigger, into: text)
            return ProbeExample(
                text: [shown.first, shown.second].compactMap { $0 }.joined(separator: " ⏎ "), label: text.label,
                withoutTrigger: measured.suspect.plain[place],
                withTrigger: measured.suspect.triggered[index][place],
                purified: measured.remedy?.purified.triggered[index][place])
        }
    }
}

extension CoreSummary {
    fileprivate init(_ core: TriggerCore) {
        func rate(_ tally: FlipTally) -> Rate {
            Rate(
                value: tally.rate, n: tally.trials,
                interval: Interval(wilson(successes: Double(tally.hits), trials: Double(tally.trials))))
        }
        self.init(text: core.text, asr: rate(core.tally), whole: rate(core.whole))
    }
}

extension TwinSummary {
    /// Twins that an example shows.
    private static let shown = 4

    fileprivate init?(_ twins: TwinRates, strongest: String?) {
        guard let level = twins.level else { return nil }
        self.init(
            count: twins.rates.count, mean: twins.rates.reduce(0, +) / Double(twins.rates.count), percentile90: level,
            examples: Array(twins.twins.prefix(Self.shown)), strongest: strongest)
    }
}

extension SearchSummary {
    /// True rates that the power is given for.
    private static let rates = [0.5, 0.7, 0.9]

    fileprivate init(_ measured: ProbeSession.Measured, _ m: Measurements, limit: Double) {
        let (search, session) = (measured.search, measured.session)
        self.init(
            mode: session.options.scan.rawValue, insertableTokens: search.insertable,
            notInsertableTokens: search.notInsertable, scannedTokens: search.scanned,
            rungs: search.scan.rungs.map {
                Rung(tokens: $0.tokens, textsPerLabel: $0.textsPerLabel, passes: $0.passes)
            },
            scanPasses: search.scan.passes, phrasePasses: search.phrasePasses,
            targets: session.suspect.labels.indices.map { target in
                let controls = m.controlSummary(measured.suspect, model: .suspect, target: target)
                return Target(
                    label: target,
                    power: Self.rates.map { Power(asr: $0, power: search.scan.power(target: target, rate: $0)) },
                    smallestDetectableExcess: controls.flatMap {
                        m.smallestDetectableExcess(target: target, percentile95: $0.percentile95, limit: limit)
                    })
            })
    }
}
