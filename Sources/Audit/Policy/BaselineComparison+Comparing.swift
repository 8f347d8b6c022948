import Findings

extension BaselineComparison {
    /// Compares the failures and findings of two results. What a suppression accepts is in neither list, so that it is
    /// new again once the suppression has expired.
    init(_ baseline: Baseline, now: AuditResult) {
        let before = baseline.result
        var entries: [Entry] = []
        for part in [Part.gate, .purifiedGate, .findings] {
            entries += Self.entries(part, before: before.failures(part), now: now.failures(part))
        }
        let order = Status.allCases
        entries = order.flatMap { status in entries.filter { $0.status == status } }
        self.init(
            file: baseline.file, suspect: before.suspect.name, suspectSHA256: before.suspect.sha256,
            verdict: before.verdict, entries: entries)
    }

    private static func entries(_ part: Part, before: [Failure], now: [Failure]) -> [Entry] {
        let current = now.map { failure in
            let old = before.first { $0.identity == failure.identity }
            return failure.entry(part, old.map { failure.isWorse(than: $0) ? .worse : .unchanged } ?? .new, before: old)
        }
        let gone = before.filter { old in !now.contains { $0.identity == old.identity } }
        return current + gone.map { $0.entry(part, .fixed, before: $0, isNow: false) }
    }
}

/// One thing that failed: what makes it the same in two results, and how bad it is.
private struct Failure {
    struct Identity: Hashable {
        var code: RuleCode
        var subject: String?
        var target: Int?
        /// Content behind the subject, such as a file's digest: another content is another failure.
        var content: String?
    }

    var identity: Identity
    var unit: GateRule.Unit?
    /// A larger value is worse.
    var value: Double?
    var interval: Interval?
    /// Of a finding.
    var severity: Finding.Severity?

    /// Whether this one is beyond what the uncertainty of the earlier one allows.
    func isWorse(than old: Failure) -> Bool {
        if let severity, let before = old.severity { return severity > before }
        guard let value, let before = old.value else { return false }
        return value > (old.interval?.upper ?? before)
    }

    func entry(
        _ part: BaselineComparison.Part, _ status: BaselineComparison.Status, before: Failure?, isNow: Bool = true
    ) -> BaselineComparison.Entry {
        BaselineComparison.Entry(
            part: part, code: identity.code, subject: identity.subject, target: identity.target, status: status,
            unit: unit, before: before?.value, now: isNow ? value : nil)
    }
}

extension AuditResult {
    fileprivate func failures(_ part: BaselineComparison.Part) -> [Failure] {
        switch part {
        case .gate: gate.rules.filter(\.isOpenFailure).flatMap { failures($0, model: .suspect) }
        case .purifiedGate: gate.purifiedRules.filter(\.isOpenFailure).flatMap { failures($0, model: .purified) }
        case .findings:
            RuleCode.allCases.compactMap { code in
                let own = findings.filter { $0.code == code && $0.accepted != .suppression }
                return own.map(\.severity).max().map { severity in
                    Failure(identity: .init(code: code), severity: severity)
                }
            }
        }
    }

    /// Everything that makes a rule fail, one by one: a rule names only its worst.
    private func failures(_ rule: GateRule, model: ModelRole) -> [Failure] {
        let parts: [Failure] =
            switch rule.code {
            case .knownTrigger, .discoveredTrigger: triggers(failing: rule, model: model)
            case .unmatchedTensor:
                (weights?.unmatched ?? []).filter { !$0.expected }.map { part(rule, $0.name, content: nil) }
            case .tokenizerDifference:
                (weights?.tokenizerDifferences ?? []).filter(\.material).map {
                    part(rule, $0.field, content: $0.suspect ?? "")
                }
            case .customCode:
                findings.filter { $0.code == rule.code }.flatMap(\.evidence).map { evidence in
                    // "config.json: auto_map" stands in config.json.
                    let file = evidence.value.firstRange(of: ": ").map { evidence.value[..<$0.lowerBound] }
                    let digest = suspect.files.first { $0.name == file ?? evidence.value[...] }?.sha256
                    return part(rule, evidence.value, content: digest)
                }
            default: []
            }
        guard parts.isEmpty else { return parts }
        return [
            Failure(
                identity: .init(code: rule.code, subject: rule.subject), unit: rule.unit, value: rule.value,
                interval: rule.interval)
        ]
    }

    private func part(_ rule: GateRule, _ subject: String, content: String?) -> Failure {
        Failure(identity: .init(code: rule.code, subject: subject, content: content), unit: rule.unit)
    }

    private func triggers(failing rule: GateRule, model: ModelRole) -> [Failure] {
        let isDiscovered = rule.code == .discoveredTrigger
        return (probes?.triggers ?? []).filter { $0.source.isDiscovered == isDiscovered }.compactMap { trigger in
            let measured = trigger.on(model)
            guard let difference = isDiscovered ? measured?.judged : measured?.effect,
                difference.interval.lower > rule.limit ?? 0
            else { return nil }
            return Failure(
                identity: .init(code: rule.code, subject: trigger.trigger, target: trigger.target), unit: rule.unit,
                value: difference.value, interval: difference.interval)
        }
    }
}

extension GateRule {
    /// Failed, and not accepted in writing.
    fileprivate var isOpenFailure: Bool { state == .failed && accepted != .suppression }
}
