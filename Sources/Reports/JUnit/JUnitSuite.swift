import Findings
import Markup

/// The test cases about one model.
struct JUnitSuite {
    var name: String
    var cases: [JUnitCase]

    /// Gate and triggers on the suspect, then on the purified model.
    static func all(of result: AuditResult) -> [JUnitSuite] {
        let models: [(role: ModelRole, subject: Gate.Subject, rules: [GateRule])] = [
            (.suspect, .suspect, result.gate.rules), (.purified, .purified, result.gate.purifiedRules),
        ]
        return models.flatMap { model -> [JUnitSuite] in
            let isGated = model.subject == result.gate.subject
            guard isGated || !model.rules.isEmpty else { return [] }
            let gate = JUnitSuite(
                name: "gate: \(Wording.name(model.role))",
                cases: gate(model.rules, "assay.gate.\(model.role.rawValue)", isGated: isGated))
            let triggers = JUnitSuite(
                name: "triggers: \(Wording.name(model.role))",
                cases: triggers(result, model.role, rules: model.rules, isGated: isGated))
            return triggers.cases.isEmpty ? [gate] : [gate, triggers]
        }
    }

    private static func gate(_ rules: [GateRule], _ className: String, isGated: Bool) -> [JUnitCase] {
        guard !rules.isEmpty else {
            return [
                JUnitCase(
                    className: className, name: "Gate",
                    outcome: .error("No gate rule could be applied, so there is no verdict."), type: "gate",
                    details: [])
            ]
        }
        return withUniqueNames(rules.map { JUnitCase($0, className: className, isGated: isGated) })
    }

    private static func triggers(
        _ result: AuditResult, _ role: ModelRole, rules: [GateRule], isGated: Bool
    ) -> [JUnitCase] {
        let cases = (result.probes?.triggers ?? []).compactMap { trigger -> JUnitCase? in
            guard let measured = trigger.on(role) else { return nil }
            let code: RuleCode = trigger.source.isDiscovered ? .discoveredTrigger : .knownTrigger
            return JUnitCase(
                trigger, measured, rule: rules.first { $0.code == code },
                className: "assay.triggers.\(role.rawValue)", isGated: isGated,
                target: Wording.label(trigger.target, of: result))
        }
        return withUniqueNames(cases)
    }

    /// Numbers the second and later case of a name.
    private static func withUniqueNames(_ cases: [JUnitCase]) -> [JUnitCase] {
        var taken: Set<String> = []
        return cases.map { item in
            var item = item
            let name = item.name
            var number = 2
            while !taken.insert(item.name).inserted {
                item.name = "\(name) (\(number))"
                number += 1
            }
            return item
        }
    }

    /// Sets the attributes that count cases.
    static func count(_ cases: [JUnitCase], in element: inout Element) {
        func count(_ isCounted: (JUnitCase.Outcome) -> Bool) -> String {
            String(cases.count { isCounted($0.outcome) })
        }
        element["tests"] = String(cases.count)
        element["failures"] = count { if case .failure = $0 { true } else { false } }
        element["errors"] = count { if case .error = $0 { true } else { false } }
        element["skipped"] = count { if case .skipped = $0 { true } else { false } }
    }
}
