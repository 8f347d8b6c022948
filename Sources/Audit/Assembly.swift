import Checkpoints
import Datasets
import Evidence
import Findings
import Kernels
import Probes
import Tokenizers
import Transformers

extension Tool {
    /// This program.
    static let assay = Tool(name: "assay", version: AuditRun.toolVersion)
}

/// Puts the stages' outcomes together: summaries, rules, verdict, findings, coverage.
struct Assembly {
    let options: AuditOptions
    let terms: GateTerms
    let pair: ModelPair
    let weights: WeightStage

    /// - Parameter measured: nil when the model could not be run.
    func result(_ measured: ProbeSession.Measured?) -> AuditResult {
        let policy = terms.policy
        let labels = measured?.session.suspect.labels ?? pair.suspect.config.labels
        let probes = measured.map { ProbeSummary($0, limit: policy.discoveredTriggerExcess) }
        func rules(_ subject: ModelRole) -> [GateRule] {
            GateChecks.evaluate(
                GateInput(
                    policy: policy, subject: subject, weights: weights.weights, probes: probes, labels: labels,
                    concerns: weights.concerns, lengthIsGiven: options.maxLength != nil))
        }
        let suspectRules = rules(.suspect)
        let purifiedRules = measured?.remedy == nil ? [] : rules(.purified)
        let remedy = measured.flatMap { measured in
            measured.remedy.map { RemedySummary($0, measured.session, tolerance: policy.remedyTolerance) }
        }
        return AuditResult(
            task: .classification, tool: .assay, verdict: Verdict(of: suspectRules),
            purifiedVerdict: remedy == nil ? nil : Verdict(of: purifiedRules),
            gate: Gate(
                subject: options.gate, enforced: terms.enforced, rules: suspectRules,
                purifiedRules: purifiedRules),
            suspect: pair.suspectSummary, base: pair.baseSummary,
            data: measured.map { $0.session.data.summary(probing: $0.table.candidates.map(\.probe)) },
            settings: settings(maxLength: measured?.session.maxLength ?? options.maxLength ?? 0),
            weights: weights.weights,
            embeddings: weights.embeddings, probes: probes, remedy: remedy,
            findings: FindingsList.make(
                weights: weights, pair: pair, probes: probes, remedy: remedy,
                data: measured.map(FindingsList.fromData) ?? [], rules: suspectRules),
            coverage: Coverage.items(measured, weights: weights, pair: pair))
    }

    /// - Parameter tuning: where it is not what the user asked for.
    func settings(
        maxLength: Int, tuning: (epochs: Int, rate: Double, batch: Int)? = nil
    ) -> Settings {
        Settings(
            command: options.command, seed: options.seed, maxLength: maxLength, precision: options.precision.rawValue,
            epochs: tuning?.epochs ?? options.epochs, learningRate: tuning?.rate ?? options.learningRate,
            batchSize: tuning?.batch ?? options.batchSize, epur: options.epur, frequencySource: weights.frequencySource,
            policy: terms.policy.name)
    }
}
