public import Findings

/// What `assay scan` is asked for.
public struct ScanOptions: Sendable {
    public var model: String
    public var terms = GateOptions()
    /// The command line, for the report.
    public var command: String

    public init(model: String, command: String) {
        self.model = model
        self.command = command
    }
}

/// One scan: the files of one folder, without base, data or engine.
public final class ScanRun {
    private let options: ScanOptions
    private let terms: GateTerms
    private let clock: StageClock

    /// - Throws: `AuditError` for a policy that cannot be used.
    public init(_ options: ScanOptions, report: @escaping (AuditEvent) -> Void = { _ in }) throws {
        self.options = options
        terms = try GateTerms(options.terms, kind: .scan)
        clock = StageClock(report: report)
    }

    /// Stages so far, with their times.
    public var stages: [RunRecord.Stage] { clock.stages }

    /// - Returns: a result of kind `scan`.
    /// - Throws: an error whose description names the file and says what to do.
    public func run() throws -> AuditResult {
        let inspection = try clock.stage("files") {
            try FolderInspection(options.model) { clock.progress("files", $0, $1) }
        }
        let rules = inspection.rules(terms.policy)
        return terms.judge(
            AuditResult(
                kind: .scan, tool: .assay, verdict: Verdict(of: rules), purifiedVerdict: nil,
                gate: Gate(subject: .suspect, enforced: terms.enforced, rules: rules, purifiedRules: []),
                suspect: inspection.summary, base: nil, data: nil,
                settings: .withoutRunning(command: options.command, frequencySource: "", policy: terms.policy.name),
                weights: nil, embeddings: nil, probes: nil, remedy: nil, findings: inspection.findings,
                coverage: inspection.coverage))
    }
}
