/// Why a failed rule does not fail the gate.
public enum Acceptance: String, Codable, Sendable, CaseIterable {
    /// A person accepted it in writing, for a time: see ``AuditResult/suppressions``.
    case suppression
    /// It failed alike in the baseline: see ``AuditResult/baseline``.
    case baseline
}

/// A failure that a person accepted in writing: one rule, one model, until a day.
///
/// It accepts failures and findings only: a rule that could not be decided stays undecided.
public struct Suppression: Codable, Sendable, Equatable {
    public enum State: String, Codable, Sendable, CaseIterable {
        /// The rule failed or was found, and does not count.
        case applied
        /// Its last day is over, so that it has no effect.
        case expired
        /// Nothing of this rule failed or was found.
        case unused
        /// It is for a model with another digest.
        case otherModel
    }

    public var rule: RuleCode
    /// Digest of the model that it is for, as ``ModelSummary/sha256``.
    public var sha256: String
    /// In the words of the person who accepted it, raw.
    public var justification: String
    /// The last day on which it applies, in UTC: "2026-12-31".
    public var expires: String
    public var state: State

    public init(rule: RuleCode, sha256: String, justification: String, expires: String, state: State) {
        self.rule = rule
        self.sha256 = sha256
        self.justification = justification
        self.expires = expires
        self.state = state
    }
}

extension AuditResult {
    /// The suppression that accepts failures of a rule; nil where there is none.
    public func suppression(of rule: RuleCode) -> Suppression? {
        suppressions.first { $0.rule == rule && $0.state == .applied }
    }
}
