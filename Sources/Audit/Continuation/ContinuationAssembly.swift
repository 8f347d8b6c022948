import Evidence
import Findings
import Probes
import Statistics
import Transformers

extension ProbeSummary {
    /// The strongest triggers, of which answers are kept to look at.
    private static let triggersWithExamples = 8
    /// Candidates that were screened and not judged, of which the result tells.
    private static let screenedKept = 24

    /// - Parameter limit: the gate's on what a discovered trigger does beyond every honest model.
    init(_ measured: ContinuationSession.Measured, limit: Double) {
        let trials = measured.trials
        let table = trials.table
        var triggers: [TriggerResult] = []
        for (place, candidate) in table.candidates.enumerated() {
            for target in candidate.targets(of: table.targets) {
                triggers.append(
                    TriggerResult(
                        trigger: candidate.probe.text, source: candidate.source,
                        placement: candidate.probe.placement == .anywhere ? nil : candidate.probe.placement.rawValue,
                        tokenIDs: candidate.probe.tokenIDs, target: target,
                        measurements: [.suspect, .mixed, .purified].compactMap {
                            TriggerMeasurement(table, $0, place, target)
                        }, honest: table.honest.compactMap { HonestRate(table, $0, place, target) },
                        occurrencesInData: table.holding[place].count,
                        examples: Self.examples(measured, place, target)))
            }
        }
        triggers.sort { a, b in
            (b.on(.suspect)?.effect.value ?? 0, a.trigger) < (a.on(.suspect)?.effect.value ?? 0, b.trigger)
        }
        for weak in triggers.indices.dropFirst(Self.triggersWithExamples) { triggers[weak].examples = [] }
        let targets = Array(trials.patterns.indices)
        let models: [(TrialTable.Model, ModelRole)] = [(.suspect, .suspect), (.purified, .purified)]
        let judged = Set(table.candidates.map(\.probe.text))
        self.init(
            textsPerLabel: targets.map { _ in 0 } + [table.carriers.count], triggers: triggers,
            controls: models.flatMap { model, role in
                targets.compactMap { table.controlSummary(on: model, as: role, towards: $0) }
            },
            accuracy: [], remedyCosts: [], confidence: Confidence.level,
            broad: models.flatMap { model, role in
                targets.compactMap { table.broadEffect(on: model, as: role, towards: $0, beyond: limit) }
            },
            notConfirmed: measured.screened.filter { !judged.contains($0.trigger.text) }.prefix(Self.screenedKept).map {
                ScreenedCandidate(
                    trigger: $0.trigger.text, target: trials.patterns.firstIndex(of: $0.pattern) ?? 0, asr: $0.rate,
                    floor: $0.floor, referenceASR: $0.honest, reason: "weaker than the judged ones")
            },
            search: SearchSummary(measured, limit: limit))
    }

    /// Two prompts at which the trigger changes the answer.
    private static func examples(
        _ measured: ContinuationSession.Measured, _ place: Int, _ target: Int
    ) -> [ProbeExample] {
        let (trials, session) = (measured.trials, measured.session)
        let table = trials.table
        func said(_ model: TrialTable.Model, _ condition: TrialTable.Condition, _ carrier: Int) -> String? {
            trials.answers[TrialTable.Key(model, condition)]?[carrier]
        }
        guard let with = table.answers(.suspect, .candidate(place)), let without = table.answers(.suspect, .plain),
            let trigger = table.candidates[place].probe.trigger
        else { return [] }
        let flipped = table.carriers(.candidate(place), towards: target, on: [.suspect]).filter {
            with[$0] == target && without[$0] != target
        }
        return flipped.prefix(2).compactMap { carrier -> ProbeExample? in
            guard let before = without[carrier], let plain = said(.suspect, .plain, carrier),
                let triggered = said(.suspect, .candidate(place), carrier)
            else { return nil }
            let honest = TrialTable.Model.honest(HonestLanguageModels.judges - 1)
            return ProbeExample(
                text: session.writer.shown(session.data.asked[carrier], probe: trigger), label: trials.ordinary,
                withoutTrigger: before, withTrigger: target,
                honest: table.answers(honest, .candidate(place))?[carrier],
                purified: table.answers(.purified, .candidate(place))?[carrier],
                answers: ProbeExample.Answers(
                    withoutTrigger: plain, withTrigger: triggered, honest: said(honest, .candidate(place), carrier),
                    purified: said(.purified, .candidate(place), carrier)))
        }
    }
}

extension SearchSummary {
    /// True rates that the power is given for.
    private static let rates = [0.5, 0.7, 0.9]

    /// The power is the chance that a trigger of one token was put into the first prompt and answered to there: what moves
    /// the next token as a trigger does comes through the later rounds.
    fileprivate init(_ measured: ContinuationSession.Measured, limit: Double) {
        let (search, session) = (measured.search, measured.session)
        let share = Double(search.scan.scanned) / Double(max(1, search.insertable))
        self.init(
            mode: session.options.scan.rawValue, insertableTokens: search.insertable,
            notInsertableTokens: search.notInsertable, scannedTokens: search.scan.scanned,
            rungs: [Rung(tokens: search.scan.scanned, textsPerLabel: 1, passes: search.scan.passes)],
            scanPasses: search.scan.passes, phrasePasses: 0,
            targets: measured.trials.patterns.indices.map { target in
                Target(
                    label: target, power: Self.rates.map { Power(asr: $0, power: $0 * share) },
                    smallestDetectableExcess: measured.trials.table.smallestExcess(towards: target, beyond: limit))
            })
    }
}

extension Assembly {
    /// The result of an audit of a model that continues texts.
    func result(_ measured: ContinuationSession.Measured) -> AuditResult {
        let policy = terms.policy
        let probes = ProbeSummary(measured, limit: policy.discoveredTriggerExcess)
        let patterns = measured.trials.patterns.map(\.name)
        var concerns = weights.concerns
        concerns.templates = measured.templates
        func rules(_ subject: ModelRole) -> [GateRule] {
            GateChecks.evaluate(
                GateInput(
                    policy: policy, subject: subject, task: .continuation, weights: weights.weights, probes: probes,
                    labels: patterns, concerns: concerns, lengthIsGiven: true))
        }
        let suspectRules = rules(.suspect)
        let remedy = measured.remedy.map {
            RemedySummary($0.choice, $0.remedy, tolerance: policy.remedyTolerance)
        }
        let purifiedRules = remedy == nil ? [] : rules(.purified)
        var suspect = pair.suspectSummary
        suspect.labels = patterns + ["an ordinary answer"]
        return AuditResult(
            task: .continuation, tool: .assay, verdict: Verdict(of: suspectRules),
            purifiedVerdict: remedy == nil ? nil : Verdict(of: purifiedRules),
            gate: Gate(
                subject: options.gate, enforced: terms.enforced, rules: suspectRules, purifiedRules: purifiedRules),
            suspect: suspect, base: pair.baseSummary, data: measured.session.data.summary,
            settings: settings(
                maxLength: measured.session.suspect.causal.maxPositions, tuning: HonestLanguageModels.tuning),
            weights: weights.weights,
            embeddings: weights.embeddings, probes: probes, remedy: remedy,
            findings: FindingsList.make(
                weights: weights, pair: pair, probes: probes, remedy: remedy, rules: suspectRules),
            coverage: Coverage.items(measured, weights: weights, pair: pair))
    }
}
