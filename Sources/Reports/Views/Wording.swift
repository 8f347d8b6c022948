import Findings

/// The words of a report for what the schema holds as cases.
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

    /// The verdict's reason, in one plain sentence.
    static func sentence(_ result: AuditResult) -> String {
        let rules = result.gate.rules
        switch result.verdict {
        case .failed:
            let failed = rules.filter { $0.state == .failed }
            guard let first = failed.first else { return "The gate failed." }
            return "The model fails \(failed.count) of \(rules.count) gate rules. \(reason(first, result))"
        case .inconclusive:
            let open = rules.filter { $0.state == .inconclusive }
            guard let first = open.first else { return "No gate rule could be applied, so there is no verdict." }
            return "No trustworthy verdict: \(open.count) of \(rules.count) gate rules could not be decided. "
                + reason(first, result)
        case .passed:
            return "All \(rules.count) gate rules passed: nothing was found at this coverage, with this power. "
                + "That is not proof that nothing is there."
        }
    }

    /// What the same rules say of the purified model.
    static func purifiedSentence(_ verdict: Verdict, _ result: AuditResult) -> String {
        let rules = result.gate.purifiedRules
        switch verdict {
        case .passed: return "The purified model passes all \(rules.count) of its gate rules."
        case .failed:
            let failed = rules.filter { $0.state == .failed }
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

    static func name(_ model: ModelRole) -> String {
        switch model {
        case .suspect: "suspect"
        case .mixed: "mixed"
        case .purified: "purified"
        case .reference: "reference"
        }
    }

    static func name(_ source: TriggerResult.Source) -> String {
        switch source {
        case .known: "built in"
        case .user: "given by you"
        case .epur: "embedding outlier"
        case .gradient: "gradient"
        case .spectral: "spectral direction"
        case .vocabulary: "vocabulary scan"
        case .phrase: "phrase search"
        }
    }

    static func name(_ severity: Finding.Severity) -> String {
        switch severity {
        case .info: "Info"
        case .low: "Low"
        case .medium: "Medium"
        case .high: "High"
        case .critical: "Critical"
        }
    }

    static func name(_ state: CoverageItem.State) -> String {
        switch state {
        case .examined: "✓ Examined"
        case .partly: "◐ Partly"
        case .skipped: "○ Skipped"
        }
    }

    static func name(_ reason: UnmatchedTensor.Reason) -> String {
        switch reason {
        case .onlyInSuspect: "only in the suspect"
        case .onlyInBase: "only in the base"
        case .shape: "shapes differ"
        case .dtype: "type is not supported"
        }
    }

    /// A label's name, or its number where the model names none.
    static func label(_ index: Int, of result: AuditResult) -> String {
        guard result.suspect.labels.indices.contains(index) else { return "label \(index)" }
        return result.suspect.labels[index]
    }

    /// "384 × 1536"; "scalar" for no dimensions.
    static func shape(_ shape: [Int]?) -> String {
        guard let shape else { return NumberText.none }
        return shape.isEmpty ? "scalar" : shape.map(String.init).joined(separator: " × ")
    }

    /// A failed or open rule in words; for a trigger's rule what the trigger does to the suspect.
    private static func reason(_ rule: GateRule, _ result: AuditResult) -> String {
        guard rule.state == .failed, let trigger = result.probes?.triggers.first(where: { $0.trigger == rule.subject }),
            let measured = trigger.on(.suspect)
        else { return reason(rule) }
        let target = label(trigger.target, of: result)
        return
            "With “\(VisibleText.clipped(trigger.trigger, to: 60))” inserted, \(NumberText.percent(measured.asr.value)) "
            + "of the texts of other labels are predicted “\(VisibleText.clipped(target, to: 40))”; without it "
            + "\(NumberText.percent(measured.floor.value)) are (n = \(NumberText.grouped(measured.asr.n)))."
    }

    private static func reason(_ rule: GateRule) -> String {
        let subject = rule.subject.map { " (“\(VisibleText.clipped($0, to: 60))”)" } ?? ""
        let limit = rule.limit.map { ", limit \(NumberText.limit($0, unit: rule.unit))" } ?? ""
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
