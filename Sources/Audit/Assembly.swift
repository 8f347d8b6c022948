import Checkpoints
import Datasets
import Findings
import Kernels
import Probes
import Tokenizers
import Transformers

/// Puts the stages' outcomes together: summaries, rules, verdict, findings, coverage.
struct Assembly {
    let options: AuditOptions
    let policy: Policy
    let pair: ModelPair
    let weights: WeightStage

    /// - Parameter measured: nil when the model could not be run.
    func result(_ measured: ProbeSession.Measured?) -> AuditResult {
        let labels = measured?.session.summaryInputs.suspect.labels ?? pair.suspect.config.labels
        let probes = measured.map(ProbeSummary.init)
        let rules = GateChecks.evaluate(
            GateInput(policy: policy, subject: .suspect, weights: weights.weights, probes: probes, labels: labels))
        let purifiedRules =
            measured == nil
            ? []
            : GateChecks.evaluate(
                GateInput(policy: policy, subject: .purified, weights: weights.weights, probes: probes, labels: labels))
        let remedy = measured.map { RemedySummary($0, tolerance: policy.remedyTolerance) }
        return AuditResult(
            tool: Tool(name: "assay", version: AuditRun.toolVersion), verdict: Verdict(of: rules),
            purifiedVerdict: measured == nil ? nil : Verdict(of: purifiedRules),
            gate: Gate(
                subject: options.gate, enforced: options.enforced, rules: rules, purifiedRules: purifiedRules),
            suspect: ModelPair.summary(pair.suspect), base: ModelPair.summary(pair.base),
            data: measured?.session.data.summary, settings: settings(measured), weights: weights.weights,
            embeddings: weights.embeddings, probes: probes, remedy: remedy,
            findings: FindingsList.make(
                weights: weights, pair: pair, probes: probes, remedy: remedy, data: measured?.session.data,
                rules: rules),
            coverage: Coverage.items(measured, weights: weights, pair: pair))
    }

    private func settings(_ measured: ProbeSession.Measured?) -> Settings {
        Settings(
            command: options.command, seed: options.seed,
            maxLength: measured?.session.maxLength ?? options.maxLength ?? 0, precision: options.precision.rawValue,
            epochs: options.epochs,
            learningRate: options.learningRate, batchSize: options.batchSize, epur: options.epur,
            frequencySource: weights.frequencySource, policy: policy.name)
    }
}

extension ProbeSummary {
    init(_ measured: ProbeSession.Measured) {
        let session = measured.session
        let (candidates, suspect, insertion) = session.summaryInputs
        let texts = session.data.confirm
        let labels = suspect.labels.count
        let m = Measurements(
            texts: texts, labels: labels, family: measured.family, controls: candidates.controls.count,
            containing: CleanData.containing(measured.family.map(\.trigger), in: texts))
        let models: [(ModelRole, ProbePredictions)] = [
            (.suspect, measured.suspect), (.mixed, measured.mixed), (.purified, measured.purified),
            (.reference, measured.reference),
        ]
        var triggers: [TriggerResult] = []
        for (index, candidate) in measured.family.enumerated() {
            for target in 0..<labels {
                let measurements = models.map { role, predictions in
                    m.measurement(
                        predictions, model: role, family: index, target: target, reference: measured.reference)
                }
                let flipped = m.carriers(target, for: index).filter {
                    measured.suspect.triggered[index][$0] == target && measured.suspect.plain[$0] != target
                }
                triggers.append(
                    TriggerResult(
                        trigger: candidate.trigger.text, source: candidate.source,
                        tokenIDs: candidate.trigger.ids.map(Int.init), target: target, measurements: measurements,
                        occurrencesInData: session.data.occurrences[candidate.trigger, default: 0],
                        examples: flipped.prefix(2).map { text in
                            let shown = insertion.texts(inserting: candidate.trigger, into: texts[text])
                            return ProbeExample(
                                text: [shown.first, shown.second].compactMap { $0 }.joined(separator: " ⏎ "),
                                label: texts[text].label, withoutTrigger: measured.suspect.plain[text],
                                withTrigger: measured.suspect.triggered[index][text],
                                purified: measured.purified.triggered[index][text])
                        }))
            }
        }
        Self.adjust(&triggers)
        triggers.sort { a, b in
            (b.on(.suspect)?.effect.value ?? 0, a.trigger) < (a.on(.suspect)?.effect.value ?? 0, b.trigger)
        }
        self.init(
            textsPerLabel: session.data.confirmPerLabel(labels), triggers: triggers,
            controls: models.flatMap { role, predictions in
                (0..<labels).compactMap { m.controlSummary(predictions, model: role, target: $0) }
            },
            accuracy: models.map { ModelAccuracy(model: $0, accuracy: m.accuracy($1)) },
            remedyCosts: m.remedyCosts(before: measured.suspect, after: measured.purified), confidence: 0.95,
            notConfirmed: measured.notConfirmed)
    }
}

extension RemedySummary {
    init(_ measured: ProbeSession.Measured, tolerance: Double) {
        let search = measured.search
        let facts = measured.session.remedyFacts
        let n = search.cells.first?.right.count ?? 0
        let chosen = search.qualified ? search.outcomes.first(where: \.qualifies) : nil
        let loss = chosen?.loss ?? search.outcomes.last?.loss
        let range = loss.map { " (95 % interval \(percent($0.interval.lower)) to \(percent($0.interval.upper)))" } ?? ""
        let grid = measured.session.grid
        self.init(
            rho: search.rho, qualified: search.qualified, tolerance: tolerance,
            explanation: search.qualified
                ? "ρ = \(search.rho) is the smallest ratio not shown to lose more than \(percent(tolerance)) against the "
                    + "suspect fine-tuned alike, on \(n) cross-fitted dev texts; against the suspect as delivered it "
                    + "loses \(percent(loss?.value ?? 0))\(range)."
                : "Every ratio loses more than \(percent(tolerance)) on \(n) cross-fitted dev texts, so the suspect was "
                    + "fine-tuned as it is.",
            curve: grid.map { rho in
                let index = search.cells.firstIndex { $0.rho == rho }
                return RhoCell(
                    rho: rho, outcome: index.map { search.outcomes[$0] }, chosen: search.qualified && rho == search.rho)
            },
            keptFromSuspect: facts.kept, rowsReset: facts.rowsReset, tensorsMixed: facts.mixed, steps: facts.steps)
    }
}
