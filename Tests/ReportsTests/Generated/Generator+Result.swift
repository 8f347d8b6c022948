import Findings

extension Generator {
    /// A result that an audit, a diff or a scan could have, but for its names and numbers; its verdicts follow its gate.
    mutating func result() -> AuditResult {
        let kind = any(AuditResult.Kind.self)
        let isAudit = kind == .audit
        let rules = list(8) { $0.rule() }
        let purifiedRules = isAudit && flag() ? list(5) { $0.rule() } : []
        let gate = Gate(
            subject: isAudit ? any(Gate.Subject.self) : .suspect, enforced: !flag(4), rules: rules,
            purifiedRules: purifiedRules)
        return AuditResult(
            kind: kind, tool: Tool(name: flag(5) ? text() : "assay", version: flag(5) ? text() : "1.2.3"),
            verdict: Verdict(of: rules), purifiedVerdict: purifiedRules.isEmpty ? nil : Verdict(of: purifiedRules),
            gate: gate, suspect: model(), base: kind == .scan ? nil : model(), data: isAudit ? data() : nil,
            settings: settings(), weights: kind == .scan ? nil : weights(),
            embeddings: kind == .scan ? nil : embeddings(), probes: isAudit ? optional { $0.probes() } : nil,
            remedy: isAudit ? optional { $0.remedy() } : nil, findings: list(40) { $0.finding() },
            coverage: list(6) { $0.coverage() }, suppressions: list(4) { $0.suppression() },
            baseline: optional { $0.baseline() })
    }

    private mutating func rule() -> GateRule {
        let state = any(GateRule.State.self)
        return GateRule(
            code: any(RuleCode.self), title: text(), subject: optional { $0.text() },
            target: optional { $0.count() }, value: optional { $0.number() }, interval: optional { $0.interval() },
            limit: optional { $0.number() }, passLimit: optional { $0.number() }, unit: any(GateRule.Unit.self),
            n: optional { $0.count() }, state: state, explanation: text(), textsNeeded: optional { $0.count() },
            accepted: state == .failed && flag(3) ? any(Acceptance.self) : nil)
    }

    private mutating func finding() -> Finding {
        Finding(
            code: any(RuleCode.self), severity: any(Finding.Severity.self), message: text(),
            evidence: list(10) { Evidence(label: $0.text(), value: $0.text()) },
            accepted: flag(4) ? any(Acceptance.self) : nil)
    }

    private mutating func coverage() -> CoverageItem {
        CoverageItem(subject: text(), state: any(CoverageItem.State.self), detail: text())
    }

    private mutating func suppression() -> Suppression {
        Suppression(
            rule: any(RuleCode.self), sha256: digest(), justification: text(), expires: flag(5) ? text() : "2026-12-31",
            state: any(Suppression.State.self))
    }

    private mutating func baseline() -> BaselineComparison {
        BaselineComparison(
            file: file(), suspect: text(), suspectSHA256: digest(), verdict: any(Verdict.self),
            entries: list(6) {
                BaselineComparison.Entry(
                    part: $0.any(BaselineComparison.Part.self), code: $0.any(RuleCode.self),
                    subject: $0.optional { $0.text() }, target: $0.optional { $0.index(3) },
                    status: $0.any(BaselineComparison.Status.self), unit: $0.optional { $0.any(GateRule.Unit.self) },
                    before: $0.optional { $0.number() }, now: $0.optional { $0.number() })
            })
    }

    private mutating func model() -> ModelSummary {
        ModelSummary(
            name: text(), architecture: text(), parameterCount: count(), tensorCount: count(),
            labels: list(4) { $0.text() },
            files: [file("config.json")] + list(4) { $0.file() }, sha256: digest())
    }

    private mutating func data() -> DataSummary {
        DataSummary(
            file: file(), rows: count(), duplicatesRemoved: count(), setAside: count(),
            perLabel: list(4) { $0.count() },
            discover: count(), confirm: count(), folds: count())
    }

    private mutating func settings() -> Settings {
        Settings(
            command: text(), seed: flag(10) ? .max : UInt64(index(100)), maxLength: count(), precision: text(),
            epochs: count(), learningRate: number(), batchSize: count(), epur: flag(), frequencySource: text(),
            policy: text())
    }

    private mutating func remedy() -> RemedySummary {
        RemedySummary(
            rho: number(), qualified: flag(), tolerance: number(), explanation: text(),
            curve: list(5) { generator in
                RhoCell(
                    rho: generator.number(),
                    outcome: generator.optional {
                        RhoCell.Outcome(
                            accuracy: $0.rate(), logLoss: $0.number(), loss: $0.difference(), smoothedLoss: $0.number(),
                            qualifies: $0.flag())
                    }, chosen: generator.flag())
            }, keptFromSuspect: list(3) { $0.text() }, rowsReset: count(), tensorsMixed: count(), steps: count())
    }
}
