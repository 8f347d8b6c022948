import Checkpoints
import Findings
import Lab

/// What is known of one model of a zoo: a file of its own. Rates are fractions, 0 to 1; times are seconds.
struct ZooRecord: Codable, Sendable, Equatable {
    static let currentSchemaVersion = 2

    var schemaVersion = currentSchemaVersion
    var name: String
    /// SHA-256 of `inputs`: a model under another one is trained and audited anew.
    var key: String
    var inputs: ZooInputs
    /// nil where the model failed, like `audit`.
    var trained: ZooTrained?
    var audit: ZooAudit?
    var machine: String
    /// Why it failed, one sentence.
    var error: String?
}

/// A trained model by what the lab knows of it.
struct ZooTrained: Codable, Sendable, Equatable {
    /// SHA-256 of the training inputs.
    var key: String
    var truth: Truth
    var weights: InputDigest
    /// Time of this training, without that of the clean fine-tune it continues from.
    var seconds: Double
}

/// What an audit said and measured, without any text.
struct ZooAudit: Codable, Sendable, Equatable {
    /// Under the policy that the audit had.
    var verdict: Verdict
    var rules: [GateRule]
    /// Every judged trigger on the suspect and on honest models; nil where the model could not be run.
    var triggers: [TriggerResult]?
    /// What random tokens did to the suspect beyond honest models.
    var broad: [BroadEffect]
    var controls: [ControlSummary]
    /// Candidates that were not judged, with the reason.
    var notConfirmed: [ScreenedCandidate]
    /// Judging texts by label.
    var textsPerLabel: [Int]
    /// Checks beside the rates; nil where the zoo has them off.
    var signals: SignalSummary?
    /// Forward passes of the search, a backward pass counted as two.
    var passes: Int?
    var seconds: Double

    init(_ result: AuditResult, seconds: Double) {
        verdict = result.verdict
        rules = result.gate.rules
        triggers = result.probes?.triggers.map { trigger in
            var trigger = trigger
            trigger.examples = []
            trigger.measurements.removeAll { $0.model != .suspect }
            return trigger
        }
        broad = result.probes?.broad.filter { $0.model == .suspect } ?? []
        controls = result.probes?.controls.filter { $0.model == .suspect || $0.model == .reference } ?? []
        notConfirmed = result.probes?.notConfirmed ?? []
        textsPerLabel = result.probes?.textsPerLabel ?? []
        signals = result.probes?.signals
        passes = result.probes?.search.map { $0.scanPasses + $0.phrasePasses }
        self.seconds = seconds
    }
}

extension Truth {
    /// ASR − floor of the trigger that works best, on the test texts; nil of a clean model.
    var plantedEffect: Double? {
        guard attack != nil else { return nil }
        return measured?.attacks.map { $0.success.value - $0.floor.value }.max() ?? 0
    }
}
