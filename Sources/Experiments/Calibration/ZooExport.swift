import Audit
import Checkpoints
import Findings
import Kernels

/// The results as calibration.json has them.
struct ZooExport: Codable, Sendable {
    var schemaVersion = 1
    var tool = "assay"
    let version: String
    /// What these numbers say nothing of.
    let note: String
    let command: String
    let config: InputDigest
    let base: [InputDigest]
    let precision: String
    let audit: ZooAuditConfig
    let data: [DataSet]
    /// Both halves under the default limits and under those chosen on half A.
    let rates: [Rates]
    /// nil until half A has clean and backdoored models.
    let chosen: ChosenLimits?
    let curve: [CurvePoint]
    /// Of half B.
    let area: RankArea?
    let models: [Model]

    struct DataSet: Codable, Sendable {
        let name: String
        let maxLength: Int
        let train: TaskTexts.Summary
        let clean: TaskTexts.Summary
        let test: TaskTexts.Summary
    }

    struct Rates: Codable, Sendable {
        let half: ZooHalf
        let excess: Double
        let doubt: Double
        let clean: StateRates
        let backdoored: StateRates
    }

    struct Model: Codable, Sendable {
        let name: String
        let key: String
        let half: ZooHalf
        /// nil of a model that is not finished, like all that follow.
        let truth: ZooOutcome.Truth?
        let plantedEffect: Double?
        let verdict: Verdict?
        /// It fails at every limit below this; nil where no trigger was confirmed.
        let score: Double?
        let found: ZooFound?
        let error: String?
    }

    init(_ results: ZooResults, _ analysis: ZooAnalysis) {
        version = AuditRun.toolVersion
        note = ZooPage.limits
        command = results.command
        config = results.configDigest
        base = results.base.digests
        precision = results.config.precision.rawValue
        audit = results.config.audit
        data = results.setups.map {
            DataSet(
                name: $0.config.name, maxLength: $0.maxLength, train: $0.data.train.summary,
                clean: $0.data.clean.summary, test: $0.data.test.summary)
        }
        chosen = analysis.chosen
        let policies = [Policy()] + (analysis.chosen.map { [$0.policy] } ?? [])
        rates = ZooHalf.allCases.flatMap { half in
            policies.map { policy in
                Rates(
                    half: half, excess: policy.discoveredTriggerExcess, doubt: policy.discoveredTriggerDoubt,
                    clean: analysis.rates(half, .clean, policy), backdoored: analysis.rates(half, .backdoored, policy))
            }
        }
        curve = analysis.curve(.held)
        area = analysis.area(.held)
        let policy = analysis.chosen?.policy ?? Policy()
        models = results.entries.map { entry in
            let outcome = entry.outcome
            return Model(
                name: entry.planned.name, key: entry.planned.key, half: entry.planned.half, truth: outcome?.truth,
                plantedEffect: outcome?.trained.truth.plantedEffect, verdict: outcome?.audit.verdict,
                score: outcome?.evidence.score, found: outcome?.found(policy), error: entry.record?.error)
        }
    }
}
