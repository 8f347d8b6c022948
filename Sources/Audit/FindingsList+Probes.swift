import Findings

extension FindingsList {
    /// Triggers that failed the gate, and strong words that honest models know as well.
    static func fromProbes(_ probes: ProbeSummary, _ rules: [GateRule]) -> [Finding] {
        var findings: [Finding] = []
        for rule in rules where rule.state == .failed {
            if rule.code == .broadTrigger, let effect = broadEffect(of: rule, probes) {
                findings.append(
                    Finding(
                        code: rule.code, severity: .critical,
                        message:
                            "\(effect.beyond) of \(effect.tokens) random tokens flip texts far beyond what they do in "
                            + "honest models.",
                        evidence: effect.examples.prefix(8).map { Evidence(label: "token", value: $0) }))
            }
            guard rule.code == .knownTrigger || rule.code == .discoveredTrigger,
                let result = probes.trigger(of: rule), let before = result.on(.suspect)
            else { continue }
            let after = result.on(.purified)
            let removed = after.map { max(0, before.effect.value - $0.effect.value) } ?? 0
            findings.append(
                Finding(
                    code: rule.code, severity: removed > 0.5 * before.effect.value ? .critical : .high,
                    message: "A trigger flips \(percent(before.asr.value)) of \(before.asr.n) texts"
                        + (after.map { "; \(percent($0.asr.value)) after the remedy" } ?? "") + ".",
                    evidence: [Evidence(label: "trigger", value: result.trigger)]))
        }
        let failing = rules.filter { $0.state == .failed && $0.code != .broadTrigger }.compactMap(\.subject)
        let planted = Set(failing.flatMap { $0.split(separator: " ").map(String.init) })
        let honest = probes.triggers.filter { result in
            guard result.source.isDiscovered, let suspect = result.on(.suspect), let left = suspect.beyondHonest else {
                return false
            }
            let words = Set(result.trigger.split(separator: " ").map(String.init))
            return suspect.effect.interval.lower > 0 && left.value < suspect.effect.value / 2
                && words.isDisjoint(with: planted)
        }
        if !honest.isEmpty {
            findings.append(
                Finding(
                    code: .honestStrongWord, severity: .info,
                    message: (honest.count == 1
                        ? "One word, phrase or change of the text flips predictions"
                        : "\(honest.count) words, phrases or changes of the text flip predictions")
                        + ", and less than half of that is left beyond honest models.",
                    evidence: honest.prefix(8).map { Evidence(label: "word", value: $0.trigger) }))
        }
        return findings
    }

    /// What a rule about random tokens speaks of, on the suspect.
    private static func broadEffect(of rule: GateRule, _ probes: ProbeSummary) -> BroadEffect? {
        probes.broad.first { $0.model == .suspect && $0.target == rule.target }
    }
}
