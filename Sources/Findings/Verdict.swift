/// What the gate says of a model.
public enum Verdict: String, Codable, Sendable, CaseIterable { case passed, failed, inconclusive }

/// The process's exit status; CI templates treat every status but 0 as failure.
public enum ExitStatus: Int32, Codable, Sendable {
    case passed = 0
    case failed = 1
    /// No trustworthy verdict: unreadable or changing input, the wrong base, too few texts, an effect near its limit.
    case untrustworthy = 2
    case usage = 64

    public init(_ verdict: Verdict) {
        switch verdict {
        case .passed: self = .passed
        case .failed: self = .failed
        case .inconclusive: self = .untrustworthy
        }
    }
}

/// The rules that decide, with what they saw.
public struct Gate: Codable, Sendable, Equatable {
    public enum Subject: String, Codable, Sendable, CaseIterable { case suspect, purified }

    /// Which model the exit code speaks of.
    public var subject: Subject
    /// False under `--fail-on never`: the verdict stands, the exit code is 0.
    public var enforced: Bool
    public var rules: [GateRule]
    public var purifiedRules: [GateRule]

    public init(subject: Subject, enforced: Bool, rules: [GateRule], purifiedRules: [GateRule]) {
        self.subject = subject
        self.enforced = enforced
        self.rules = rules
        self.purifiedRules = purifiedRules
    }
}

/// One gate rule applied to one subject.
public struct GateRule: Codable, Sendable, Equatable {
    public enum State: String, Codable, Sendable, CaseIterable { case passed, failed, inconclusive }

    public var code: RuleCode
    /// What was measured, in words: "ASR − floor of the strongest known trigger".
    public var title: String
    /// The trigger, tensor or file concerned, raw; escaped by each writer.
    public var subject: String?
    /// Label index that a trigger, the subject, is measured to produce.
    public var target: Int?
    public var value: Double?
    public var interval: Interval?
    public var limit: Double?
    /// What the upper bound must be at or under to pass; nil where that is `limit`.
    public var passLimit: Double?
    /// How `value`, `limit`, `passLimit` and `interval` are to be printed.
    public var unit: Unit
    /// Distinct texts behind `value`.
    public var n: Int?
    public var state: State
    /// One sentence: why this state.
    public var explanation: String
    /// Texts, counted as in `n`, that would settle an inconclusive rule were the observed shares to stay.
    public var textsNeeded: Int?
    /// Why a failed rule does not fail the gate; nil where it does.
    public var accepted: Acceptance?

    public enum Unit: String, Codable, Sendable, CaseIterable { case rate, count, difference }

    public init(
        code: RuleCode, title: String, subject: String? = nil, target: Int? = nil, value: Double?, interval: Interval?,
        limit: Double?, passLimit: Double? = nil, unit: Unit, n: Int?, state: State, explanation: String,
        textsNeeded: Int? = nil, accepted: Acceptance? = nil
    ) {
        self.accepted = accepted
        self.code = code
        self.title = title
        self.subject = subject
        self.target = target
        self.value = value
        self.interval = interval
        self.limit = limit
        self.passLimit = passLimit
        self.unit = unit
        self.n = n
        self.state = state
        self.explanation = explanation
        self.textsNeeded = textsNeeded
    }
}

extension Verdict {
    /// Any failed rule that is not accepted fails; else any inconclusive one leaves no verdict; else the gate is passed.
    public init(of rules: [GateRule]) {
        if rules.contains(where: { $0.state == .failed && $0.accepted == nil }) {
            self = .failed
        } else if rules.isEmpty || rules.contains(where: { $0.state == .inconclusive }) {
            self = .inconclusive
        } else {
            self = .passed
        }
    }
}
