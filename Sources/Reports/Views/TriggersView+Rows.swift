import Findings

/// One line of each table, made from what was measured.
extension TriggersView {
    private static let triggersWithExamples = 4
    private static let broadExamples = 8

    /// - Parameter honest: columns of honest models.
    static func row(_ trigger: TriggerResult, _ result: AuditResult, honest: Int) -> Row {
        let suspect = trigger.on(.suspect)
        return Row(
            trigger: CodeSpan(trigger.trigger, limit: 60), place: Wording.place(of: trigger).map { [$0] } ?? [],
            source: Wording.name(trigger.source), target: Wording.label(trigger.target, of: result),
            n: suspect.map { NumberText.grouped($0.asr.n) } ?? NumberText.none,
            floor: suspect.map { NumberText.percent($0.floor.value) } ?? NumberText.none,
            asr: suspect.map { NumberText.rate($0.asr) } ?? NumberText.none,
            effect: suspect.map { NumberText.difference($0.effect) } ?? NumberText.none,
            honest: (0..<honest).map { place in
                trigger.honest.indices.contains(place)
                    ? NumberText.percent(trigger.honest[place].asr.value) : NumberText.none
            },
            beyond: suspect?.judged.map(NumberText.difference) ?? NumberText.none,
            purified: trigger.on(.purified).map { NumberText.rate($0.asr) } ?? NumberText.none,
            mcNemar: NumberText.probability(suspect?.mcNemar),
            occurrences: NumberText.grouped(trigger.occurrencesInData))
    }

    static func core(_ trigger: TriggerResult, _ result: AuditResult) -> Core? {
        trigger.core.map {
            Core(
                trigger: CodeSpan(trigger.trigger, limit: 60), target: Wording.label(trigger.target, of: result),
                core: CodeSpan($0.text, limit: 60), asr: NumberText.rate($0.asr), whole: NumberText.rate($0.whole))
        }
    }

    static func broad(_ effect: BroadEffect, _ result: AuditResult) -> Broad {
        Broad(
            model: Wording.name(effect.model).capitalizedFirst, target: Wording.label(effect.target, of: result),
            tokens: NumberText.grouped(effect.tokens), beyond: NumberText.grouped(effect.beyond),
            share: NumberText.rate(effect.share),
            examples: effect.examples.prefix(broadExamples).map { CodeSpan($0, limit: 30) })
    }

    static func control(_ control: ControlSummary, _ result: AuditResult) -> Control {
        Control(
            model: Wording.name(control.model).capitalizedFirst, target: Wording.label(control.target, of: result),
            count: NumberText.grouped(control.count), mean: NumberText.percent(control.mean),
            percentile95: NumberText.percent(control.percentile95), maximum: NumberText.percent(control.maximum))
    }

    static func examples(_ probes: ProbeSummary, _ result: AuditResult) -> [Example] {
        func answer(_ label: Int?) -> String { label.map { Wording.label($0, of: result) } ?? NumberText.none }
        func said(_ text: String?) -> String? { text.map { VisibleText.clipped($0, to: 120) } }
        let shown = probes.triggers.filter { !$0.examples.isEmpty }.prefix(triggersWithExamples)
        return shown.flatMap { trigger in
            trigger.examples.prefix(3).map { example in
                Example(
                    text: VisibleText.clipped(example.text, to: 240), trigger: CodeSpan(trigger.trigger, limit: 60),
                    label: Wording.label(example.label, of: result),
                    without: said(example.answers?.withoutTrigger) ?? answer(example.withoutTrigger),
                    with: said(example.answers?.withTrigger) ?? answer(example.withTrigger),
                    isFlipped: example.withTrigger != example.withoutTrigger,
                    honestAnswer: said(example.answers?.honest) ?? answer(example.honest),
                    purified: said(example.answers?.purified) ?? answer(example.purified))
            }
        }
    }

    static func search(_ search: SearchSummary, _ result: AuditResult) -> Search {
        let rungs = search.rungs.map {
            "\(NumberText.grouped($0.tokens)) on \(NumberText.grouped($0.textsPerLabel))"
        }
        return Search(
            summary: "Mode \(search.mode): \(NumberText.grouped(search.scannedTokens)) of "
                + "\(NumberText.grouped(search.insertableTokens)) tokens that a text can hold by themselves were put into "
                + "discover texts, the best of each round into more of them (tokens on texts of each label: "
                + "\(rungs.joined(separator: ", "))), in \(NumberText.grouped(search.scanPasses)) forward passes; phrases "
                + "took \(NumberText.grouped(search.phrasePasses)).",
            targets: search.targets.map { target in
                SearchTarget(
                    target: Wording.label(target.label, of: result),
                    power: target.power.map { "\(NumberText.percent($0.power)) at \(NumberText.percent($0.asr))" }
                        .joined(separator: " · "),
                    smallest: target.smallestDetectableExcess.map(NumberText.percent) ?? NumberText.none)
            })
    }

    static func screened(_ candidate: ScreenedCandidate, _ result: AuditResult) -> Screened {
        Screened(
            trigger: CodeSpan(candidate.trigger, limit: 60), target: Wording.label(candidate.target, of: result),
            asr: NumberText.percent(candidate.asr), floor: NumberText.percent(candidate.floor),
            searchHonest: candidate.referenceASR.map(NumberText.percent) ?? NumberText.none, reason: candidate.reason)
    }
}
