import Checkpoints
import Files
public import Findings

/// What a gate is judged by, as the user named it.
public struct GateOptions: Sendable {
    /// File of limits; nil takes the default policy.
    public var policy: String?
    /// File of further suppressions.
    public var suppressions: String?
    public var baseline: Baseline?
    /// False under `--fail-on never`.
    public var enforced = true
    /// The day that expiry is counted from.
    public var today = CalendarDay.today

    public init() {}
}

/// An earlier result that failures are compared with.
public struct Baseline: Sendable {
    let result: AuditResult
    let file: FileDigest
    let path: String

    /// - Parameters:
    ///   - result: what `bytes` hold.
    ///   - path: of the file.
    public init(_ result: AuditResult, bytes: [UInt8], path: String) {
        self.result = result
        self.path = path
        let name = path.split(separator: "/").last.map(String.init) ?? path
        file = FileDigest(InputDigest(name: name, of: bytes))
    }
}

/// Limits, accepted failures and baseline, read and checked before any work begins.
struct GateTerms: Sendable {
    let policy: Policy
    let suppressions: [SuppressionEntry]
    let baseline: Baseline?
    let enforced: Bool
    private let today: CalendarDay

    /// - Throws: an error whose description names the file, its line and what to do.
    init(_ options: GateOptions, kind: AuditResult.Kind) throws {
        policy = try options.policy.map(Policy.init(path:)) ?? Policy()
        let further = try options.suppressions.map { try SuppressionEntry.read(path: $0) } ?? []
        suppressions = policy.suppressions + further
        baseline = options.baseline
        enforced = options.enforced
        today = options.today
        if let baseline, baseline.result.kind != kind {
            throw AuditError(
                usage:
                    "\(baseline.path): it is the result of assay \(baseline.result.kind.rawValue) and no baseline for "
                    + "assay \(kind.rawValue); give the result.json of an earlier assay \(kind.rawValue)")
        }
    }

    /// The gate's verdict with what is accepted left out: suppressions first, then what the baseline knows.
    func judge(_ result: AuditResult) -> AuditResult {
        var judged = result
        judged.suppressions = suppressions.map { $0.applied(to: result, on: today) }
        for entry in judged.suppressions where entry.state == .applied {
            judged.accept(entry.rule, as: .suppression)
        }
        if let baseline {
            let comparison = BaselineComparison(baseline, now: judged)
            judged.acceptKnown(comparison)
            judged.baseline = comparison
        }
        judged.verdict = Verdict(of: judged.gate.rules)
        if judged.purifiedVerdict != nil { judged.purifiedVerdict = Verdict(of: judged.gate.purifiedRules) }
        return judged
    }

}

extension SuppressionEntry {
    func applied(to result: AuditResult, on day: CalendarDay) -> Suppression {
        let state: Suppression.State =
            if sha256 != result.suspect.sha256 {
                .otherModel
            } else if expires < day {
                .expired
            } else if result.hasFailure(of: rule) {
                .applied
            } else {
                .unused
            }
        return Suppression(
            rule: rule, sha256: sha256, justification: justification, expires: expires.description, state: state)
    }
}

extension AuditResult {
    /// Whether a rule of this code failed, or there is a finding of it.
    fileprivate func hasFailure(of code: RuleCode) -> Bool {
        (gate.rules + gate.purifiedRules).contains { $0.code == code && $0.state == .failed }
            || findings.contains { $0.code == code }
    }

    fileprivate mutating func accept(_ code: RuleCode, as acceptance: Acceptance) {
        gate.rules.accept(code, acceptance)
        gate.purifiedRules.accept(code, acceptance)
        findings.accept(code, acceptance)
    }

    /// Accepts what failed before and is not worse: a rule or finding all of whose entries are unchanged.
    fileprivate mutating func acceptKnown(_ comparison: BaselineComparison) {
        func known(_ part: BaselineComparison.Part) -> [RuleCode] {
            let entries = comparison.entries.filter { $0.part == part && $0.status != .fixed }
            return RuleCode.allCases.filter { code in
                let own = entries.filter { $0.code == code }
                return !own.isEmpty && own.allSatisfy { $0.status == .unchanged }
            }
        }
        for code in known(.gate) { gate.rules.accept(code, .baseline) }
        for code in known(.purifiedGate) { gate.purifiedRules.accept(code, .baseline) }
        let failing = Set(gate.rules.filter { $0.state == .failed && $0.accepted == nil }.map(\.code))
        for code in known(.findings) where !failing.contains(code) { findings.accept(code, .baseline) }
    }
}

extension [GateRule] {
    /// Marks the failed rules of a code that are not accepted yet.
    fileprivate mutating func accept(_ code: RuleCode, _ acceptance: Acceptance) {
        for index in indices
        where self[index].code == code && self[index].state == .failed && self[index].accepted == nil {
            self[index].accepted = acceptance
        }
    }
}

extension [Finding] {
    fileprivate mutating func accept(_ code: RuleCode, _ acceptance: Acceptance) {
        for index in indices where self[index].code == code && self[index].accepted == nil {
            self[index].accepted = acceptance
        }
    }
}
