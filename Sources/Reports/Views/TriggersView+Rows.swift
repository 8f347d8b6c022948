import Findings

/// One line of each table, made from what was measured.
extension TriggersView {
    private static let triggersWithExamples = 4
    private static let likeWordExamples = 2

    static func row(_ trigger: TriggerResult, _ result: AuditResult) -> Row {
        let suspect = trigger.on(.suspect)
        return Row(
            trigger: CodeSpan(trigger.trigger, limit: 60), source: Wording.name(trigger.source),
            target: Wording.label(trigger.target, of: result),
            n: suspect.map { NumberText.grouped($0.asr.n) } ?? NumberText.none,
            floor: suspect.map { NumberText.percent($0.floor.value) } ?? NumberText.none,
            asr: suspect.map { NumberText.rate($0.asr) } ?? NumberText.none,
            effect: suspect.map { NumberText.difference($0.effect) } ?? NumberText.none,
            excess: suspect?.excess.map(NumberText.difference) ?? NumberText.none,
            twins: suspect?.beyondTwins.map(NumberText.difference) ?? NumberText.none,
            beyond: suspect?.beyondReference.map(NumberText.difference) ?? NumberText.none,
            use: suspect?.beyondData.map(NumberText.difference) ?? NumberText.none,
            reversal: suspect?.beyondReversal.map(NumberText.difference) ?? NumberText.none,
            words: suspect?.beyondWords.map(NumberText.difference) ?? NumberText.none,
            unexplained: suspect?.unexplained.map(NumberText.difference) ?? NumberText.none,
            explanation: suspect?.bestExplanation.map(Wording.name) ?? NumberText.none,
            pValue: NumberText.probability(suspect?.pValue), mcNemar: NumberText.probability(suspect?.mcNemar),
            rowReset: suspect?.rowReset.map { NumberText.difference($0.removed) } ?? NumberText.none,
            purified: trigger.on(.purified).map { NumberText.rate($0.asr) } ?? NumberText.none,
            reference: trigger.on(.reference).map { NumberText.rate($0.asr) } ?? NumberText.none,
            occurrences: NumberText.grouped(trigger.occurrencesInData))
    }

    static func likeWords(_ trigger: TriggerResult, _ result: AuditResult) -> LikeWords? {
        trigger.twins.map {
            LikeWords(
                trigger: CodeSpan(trigger.trigger, limit: 60), target: Wording.label(trigger.target, of: result),
                count: NumberText.grouped($0.count), mean: NumberText.percent($0.mean),
                percentile90: NumberText.percent($0.percentile90),
                examples: $0.examples.prefix(likeWordExamples).map { CodeSpan($0, limit: 60) },
                strongest: $0.strongest.map { [CodeSpan($0, limit: 60)] } ?? [])
        }
    }

    static func core(_ trigger: TriggerResult, _ result: AuditResult) -> Core? {
        trigger.core.map {
            Core(
                trigger: CodeSpan(trigger.trigger, limit: 60), target: Wording.label(trigger.target, of: result),
                core: CodeSpan($0.text, limit: 60), asr: NumberText.rate($0.asr), whole: NumberText.rate($0.whole))
        }
    }

    static func control(_ control: ControlSummary, _ result: AuditResult) -> Control {
        Control(
            model: Wording.name(control.model).capitalizedFirst, target: Wording.label(control.target, of: result),
            count: NumberText.grouped(control.count), mean: NumberText.percent(control.mean),
            percentile95: NumberText.percent(control.percentile95), maximum: NumberText.percent(control.maximum),
            fit: "α \(NumberText.quantity(control.alpha)), β \(NumberText.quantity(control.beta))")
    }

    static func examples(_ probes: ProbeSummary, _ result: AuditResult) -> [Example] {
        let shown = probes.triggers.filter { !$0.examples.isEmpty }.prefix(triggersWithExamples)
        return shown.flatMap { trigger in
            trigger.examples.prefix(3).map { example in
                Example(
                    text: VisibleText.clipped(example.text, to: 240), trigger: CodeSpan(trigger.trigger, limit: 60),
                    label: Wording.label(example.label, of: result),
                    without: Wording.label(example.withoutTrigger, of: result),
                    with: Wording.label(example.withTrigger, of: result),
                    isFlipped: example.withTrigger != example.withoutTrigger,
                    purified: example.purified.map { Wording.label($0, of: result) } ?? NumberText.none)
            }
        }
    }

    static func screened(_ candidate: ScreenedCandidate, _ result: AuditResult) -> Screened {
        Screened(
            trigger: CodeSpan(candidate.trigger, limit: 60), target: Wording.label(candidate.target, of: result),
            asr: NumberText.percent(candidate.asr), floor: NumberText.percent(candidate.floor),
            reason: candidate.reason)
    }
}
