import Datasets
import Evidence
import Findings
import Probes
import Statistics
import Transformers

extension ProbeSummary {
    /// Candidates that were screened and not judged, of which the result tells.
    private static let screenedKept = 24
    /// The strongest triggers, of which texts are kept to look at.
    private static let triggersWithExamples = 8

    /// - Parameter limit: the gate's on what a discovered trigger does beyond every honest model.
    init(_ measured: ProbeSession.Measured, limit: Double) {
        let table = measured.table
        let session = measured.session
        let clean = CleanRates(table: table)
        let roles: [(model: TrialTable.Model, role: ModelRole)] = [
            (.suspect, .suspect), (.mixed, .mixed), (.purified, .purified), (.honest(0), .reference),
        ]
        let occurrences = session.data.occurrences(of: table.candidates.map(\.probe))
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
                        },
                        honest: table.honest.compactMap { HonestRate(table, $0, place, target) },
                        occurrencesInData: occurrences[place],
                        examples: Self.examples(measured, place, target),
                        core: measured.cores[place]?[target].map(CoreSummary.init)))
            }
        }
        triggers.sort { a, b in
            (b.on(.suspect)?.effect.value ?? 0, a.trigger) < (a.on(.suspect)?.effect.value ?? 0, b.trigger)
        }
        for weak in triggers.indices.dropFirst(Self.triggersWithExamples) { triggers[weak].examples = [] }
        let targets = Array(0..<table.targets)
        self.init(
            textsPerLabel: session.data.confirmPerLabel(table.targets), triggers: triggers,
            controls: roles.flatMap { model, role in
                targets.compactMap { table.controlSummary(on: model, as: role, towards: $0) }
            },
            accuracy: roles.compactMap { model, role in
                clean.accuracy(model, logLoss: measured.logLoss[role] ?? []).map {
                    ModelAccuracy(model: role, accuracy: $0)
                }
            },
            remedyCosts: clean.remedyCosts(before: .suspect, after: .purified),
            confidence: Confidence.level, confusion: table.confusion(.suspect) ?? [],
            broad: [(TrialTable.Model.suspect, ModelRole.suspect), (.purified, .purified)].flatMap { model, role in
                targets.compactMap { table.broadEffect(on: model, as: role, towards: $0, beyond: limit) }
            },
            notConfirmed: Array(
                measured.notConfirmed.sorted { ($1.asr, $0.trigger) < ($0.asr, $1.trigger) }.prefix(Self.screenedKept)),
            search: SearchSummary(measured, limit: limit),
            signals: measured.signals)
    }

    /// Two texts that the trigger flips.
    private static func examples(
        _ measured: ProbeSession.Measured, _ place: Int, _ target: Int
    ) -> [ProbeExample] {
        let table = measured.table
        let session = measured.session
        guard let with = table.answers(.suspect, .candidate(place)), let without = table.answers(.suspect, .plain)
        else {
            return []
        }
        let purified = table.answers(.purified, .candidate(place))
        let honest = table.answers(.honest(0), .candidate(place))
        let flipped = table.carriers(.candidate(place), towards: target, on: [.suspect]).filter {
            with[$0] == target && without[$0] != target
        }
        return flipped.prefix(2).compactMap { carrier -> ProbeExample? in
            let text = session.data.confirm[carrier]
            guard let before = without[carrier], let after = with[carrier] else { return nil }
            return ProbeExample(
                text: session.shown(table.candidates[place].probe, in: text), label: text.label, withoutTrigger: before,
                withTrigger: after, honest: honest?[carrier], purified: purified?[carrier])
        }
    }
}

extension ProbeSession {
    /// A text under a probe, as a reader sees it.
    fileprivate func shown(_ probe: Probe, in text: LabelledText) -> String {
        let (first, second) =
            switch probe {
            case .insertion(let trigger): insertion.texts(inserting: trigger, into: text)
            case .transformation(let change): (change.apply(text).text, change.apply(text).pair)
            }
        return [first, second].compactMap { $0 }.joined(separator: " ⏎ ")
    }
}

extension TriggerMeasurement {
    init?(_ table: TrialTable, _ role: ModelRole, _ place: Int, _ target: Int) {
        let model: TrialTable.Model =
            switch role {
            case .mixed: .mixed
            case .purified: .purified
            default: .suspect
            }
        let levels = table.levels(of: table.candidates[place])
        guard let compared = HonestComparison(table, model, .candidate(place), towards: target, levels: levels) else {
            return nil
        }
        self.init(
            model: role, asr: compared.asr, floor: compared.floor, effect: compared.effect,
            beyondHonest: compared.excess,
            beyondRandom: table.allowedRandomLevel(
                on: model, towards: target, at: table.candidates[place].probe.placement
            ).map { compared.beyond($0, levels) },
            mcNemar: mcNemarExact(
                firstOnly: Int(compared.pairs.firstOnly), secondOnly: Int(compared.pairs.secondOnly)))
    }
}

extension HonestRate {
    init?(_ table: TrialTable, _ model: TrialTable.Model, _ place: Int, _ target: Int) {
        let condition = TrialTable.Condition.candidate(place)
        guard table.has(model, condition) else { return nil }
        let places = table.carriers(condition, towards: target, on: [model, .suspect])
        self.init(
            asr: rate(table.hits(model, condition, target, places)),
            floor: rate(table.hits(model, .plain, target, places)))
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

extension SearchSummary {
    /// True rates that the power is given for.
    private static let rates = [0.5, 0.7, 0.9]

    fileprivate init(_ measured: ProbeSession.Measured, limit: Double) {
        let (search, session) = (measured.search, measured.session)
        self.init(
            mode: session.options.scan.rawValue, insertableTokens: search.insertable,
            notInsertableTokens: search.notInsertable, scannedTokens: search.scanned,
            rungs: search.scan.rungs.map {
                Rung(tokens: $0.tokens, textsPerLabel: $0.textsPerLabel, passes: $0.passes)
            },
            scanPasses: search.scan.passes + search.placedPasses, phrasePasses: search.phrasePasses,
            targets: session.suspect.labels.indices.map { target in
                Target(
                    label: target,
                    power: Self.rates.map { Power(asr: $0, power: search.scan.power(target: target, rate: $0)) },
                    smallestDetectableExcess: measured.table.smallestExcess(towards: target, beyond: limit))
            })
    }
}
