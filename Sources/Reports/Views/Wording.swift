import Findings

/// The sentences and badges of a report.
enum Wording {
    /// Icon and word: never colour alone.
    static func badge(_ verdict: Verdict) -> String {
        switch verdict {
        case .passed: "✓ Passed"
        case .failed: "✗ Failed"
        case .inconclusive: "? Inconclusive"
        }
    }

    static func badge(_ state: GateRule.State) -> String {
        switch state {
        case .passed: badge(Verdict.passed)
        case .failed: badge(Verdict.failed)
        case .inconclusive: badge(Verdict.inconclusive)
        }
    }

    /// A rule's state; a failure that does not count says why.
    static func badge(_ rule: GateRule) -> String {
        badge(rule.state) + (rule.accepted.map { " (\(name($0)))" } ?? "")
    }

    /// What was done to the model that is named after it.
    static func title(_ kind: AuditResult.Kind) -> String {
        switch kind {
        case .audit: "Backdoor audit of"
        case .diff: "Weight comparison of"
        case .scan: "File scan of"
        }
    }

    /// The verdict's reason, in one plain sentence.
    static func sentence(_ result: AuditResult) -> String {
        let rules = result.gate.rules
        switch result.verdict {
        case .failed:
            let failed = rules.filter { $0.state == .failed && $0.accepted == nil }
            guard let first = failed.first else { return "The gate failed." }
            return "The model fails \(failed.count) of \(rules.count) gate rules. \(reason(first, result))"
        case .inconclusive:
            let open = rules.filter { $0.state == .inconclusive }
            guard let first = open.first else { return "No gate rule could be applied, so there is no verdict." }
            return "No trustworthy verdict: \(open.count) of \(rules.count) gate rules could not be decided. "
                + reason(first, result)
        case .passed:
            return passed(rules) + " " + limits(of: result.kind)
        }
    }

    private static func passed(_ rules: [GateRule]) -> String {
        let accepted = rules.filter { $0.accepted != nil }
        guard !accepted.isEmpty else { return "All \(rules.count) gate rules passed." }
        let codes = accepted.map { "\($0.code.rawValue) \($0.accepted.map(name) ?? "")" }
        return "The gate is passed, but \(accepted.count) of \(rules.count) rules failed and were accepted: "
            + "\(codes.joined(separator: ", "))."
    }

    /// What a pass of this kind is worth.
    private static func limits(of kind: AuditResult.Kind) -> String {
        switch kind {
        case .audit:
            "Nothing more was found at this coverage, with this power; that is not proof that nothing is there."
        case .diff: "The model was not run, so that this says nothing of triggers."
        case .scan: "Nothing was run or compared, so that this says nothing of what the weights hold."
        }
    }

    /// What the same rules say of the purified model.
    static func purifiedSentence(_ verdict: Verdict, _ result: AuditResult) -> String {
        let rules = result.gate.purifiedRules
        switch verdict {
        case .passed:
            let accepted = rules.count { $0.accepted != nil }
            return accepted == 0
                ? "The purified model passes all \(rules.count) of its gate rules."
                : "The purified model passes the gate; \(accepted) of \(rules.count) rules failed and were accepted."
        case .failed:
            let failed = rules.filter { $0.state == .failed && $0.accepted == nil }
            return "The purified model fails \(failed.count) of \(rules.count) rules"
                + (failed.first.map { ". " + reason($0) } ?? ".")
        case .inconclusive:
            let open = rules.filter { $0.state == .inconclusive }
            return "The purified model has no trustworthy verdict"
                + (open.first.map { ". " + reason($0) } ?? ".")
        }
    }

    static func gateSubject(_ result: AuditResult) -> String {
        result.gate.subject == .suspect ? "the suspect" : "the purified model"
    }

    /// What the exit code was and why.
    static func exitNote(_ result: AuditResult) -> String {
        let code = "Exit code \(result.exitStatus.rawValue)"
        guard result.gate.enforced else { return "\(code): the gate only reports (--fail-on never)." }
        return "\(code): the gate speaks of \(gateSubject(result))."
    }

    /// A failed or open rule in words; for a trigger's rule what the trigger does to the suspect and to honest models.
    private static func reason(_ rule: GateRule, _ result: AuditResult) -> String {
        guard rule.state == .failed, !isExplained(rule.code), let trigger = result.probes?.trigger(of: rule),
            let measured = trigger.on(.suspect)
        else { return reason(rule) }
        let target = label(trigger.target, of: result)
        let honest = trigger.honest.map(\.asr.value).max().map {
            " With it, honest models answer so to at most \(NumberText.percent($0))."
        }
        if result.task == .continuation {
            return
                "With \(change(trigger)), \(NumberText.percent(measured.asr.value)) of the answers show "
                + "\(VisibleText.clipped(target, to: 60)); without it \(NumberText.percent(measured.floor.value)) do "
                + "(n = \(NumberText.grouped(measured.asr.n))).\(honest ?? "")"
        }
        return
            "With \(change(trigger)), \(NumberText.percent(measured.asr.value)) of the texts of other labels are "
            + "predicted “\(VisibleText.clipped(target, to: 40))”; without it \(NumberText.percent(measured.floor.value)) "
            + "are (n = \(NumberText.grouped(measured.asr.n))).\(honest ?? "")"
    }

    /// What is done to a text, in words.
    private static func change(_ trigger: TriggerResult) -> String {
        let name = "“\(VisibleText.clipped(trigger.trigger, to: 60))”"
        guard trigger.source != .transformation else { return "the whole text changed (\(name))" }
        return "\(name) inserted" + (place(of: trigger).map { " " + $0 } ?? "")
    }

    /// Whether a rule's own sentence says more than its numbers: what to do about it, or which tokens are meant.
    private static func isExplained(_ code: RuleCode) -> Bool {
        switch code {
        case .broadTrigger, .modelSense, .labelOrder, .searchPower, .sameAsBase, .weightRange, .otherWeights,
            .quantization, .textCutting, .labelNames, .chatTemplate:
            true
        default: false
        }
    }

    private static func reason(_ rule: GateRule) -> String {
        guard !isExplained(rule.code) else { return VisibleText.clipped(rule.explanation, to: 500) }
        let subject = rule.subject.map { " (“\(VisibleText.clipped($0, to: 60))”)" } ?? ""
        let limit = rule.limit == nil ? "" : ", limit\(rule.passLimit == nil ? "" : "s:") \(NumberText.limits(rule))"
        guard let value = rule.value else { return rule.explanation }
        let interval = rule.interval.map { ", interval \(NumberText.interval($0, unit: rule.unit))" } ?? ""
        let needed = rule.textsNeeded.map { "; about \(NumberText.grouped($0)) texts would decide it" } ?? ""
        return "\(rule.title)\(subject) is \(NumberText.value(value, unit: rule.unit))\(interval)\(limit)\(needed)."
    }
}

extension ProbeSummary {
    /// Clean accuracy of one model, if it was measured.
    func accuracy(of model: ModelRole) -> Accuracy? {
        accuracy.first { $0.model == model }?.accuracy
    }
}
