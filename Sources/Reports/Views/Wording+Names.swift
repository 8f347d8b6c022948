import Findings

/// The names of what the schema holds as cases.
extension Wording {
    static func name(_ model: ModelRole) -> String {
        switch model {
        case .suspect: "suspect"
        case .mixed: "mixed"
        case .purified: "purified"
        case .reference: "honest 1"
        }
    }

    static func name(_ source: TriggerResult.Source) -> String {
        switch source {
        case .known: "built in"
        case .user: "given by you"
        case .epur: "moved embedding"
        case .gradient: "gradient"
        case .spectral: "spectral direction"
        case .vocabulary: "vocabulary scan"
        case .phrase: "phrase search"
        case .transformation: "change of the whole text"
        }
    }

    /// Where a trigger was put, or that it is no string at all; nil for random places, which need no word.
    static func place(of trigger: TriggerResult) -> String? {
        switch trigger.placement {
        case "start": "at the start"
        case "end": "at the end"
        case nil: trigger.source == .transformation ? "(a change of the whole text)" : nil
        default: "at another place"
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

    static func name(_ acceptance: Acceptance) -> String {
        switch acceptance {
        case .suppression: "suppressed"
        case .baseline: "known from the baseline"
        }
    }

    static func name(_ state: Suppression.State) -> String {
        switch state {
        case .applied: "applied"
        case .expired: "expired: no effect"
        case .unused: "nothing to accept"
        case .otherModel: "for another model: no effect"
        }
    }

    static func name(_ status: BaselineComparison.Status) -> String {
        switch status {
        case .new: "new"
        case .worse: "worse"
        case .unchanged: "unchanged"
        case .fixed: "fixed"
        }
    }

    static func name(_ part: BaselineComparison.Part) -> String {
        switch part {
        case .gate: "gate"
        case .purifiedGate: "gate, purified model"
        case .findings: "findings"
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

    /// A label's name, in the same form as in the gate.
    static func label(_ index: Int, of result: AuditResult) -> String {
        LabelName.of(index, in: result.suspect.labels)
    }

    /// "384 × 1536"; "scalar" for no dimensions.
    static func shape(_ shape: [Int]?) -> String {
        guard let shape else { return NumberText.none }
        return shape.isEmpty ? "scalar" : shape.map(String.init).joined(separator: " × ")
    }
}
