import Checkpoints
public import Findings

/// The audit's part that needs no data and runs no model: what `assay diff` reports.
public enum Comparison {
    /// - Returns: a result of kind `diff`.
    /// - Throws: an error whose description names the file and says what to do.
    public static func result(_ options: ComparisonOptions) throws -> AuditResult {
        let terms = try GateTerms(options.terms, kind: .diff)
        let pair = try ModelPair(
            suspect: options.suspect, base: options.base, baseSHA256: options.baseSHA256, threads: options.threads)
        let stage = try WeightStage(
            pair, frequencyFile: try options.frequencies.map(AuditRun.frequencyFile), threads: options.threads)
        try pair.verifyUnchanged()
        let rules = GateChecks.compare(
            GateInput(
                policy: terms.policy, subject: .suspect, weights: stage.weights, probes: nil,
                labels: pair.suspect.config.labels, concerns: stage.concerns))
        let result = AuditResult(
            kind: .diff, tool: .assay, verdict: Verdict(of: rules), purifiedVerdict: nil,
            gate: Gate(subject: .suspect, enforced: terms.enforced, rules: rules, purifiedRules: []),
            suspect: pair.suspectSummary, base: pair.baseSummary, data: nil,
            settings: .withoutRunning(
                command: options.command, frequencySource: stage.frequencySource, policy: terms.policy.name),
            weights: stage.weights, embeddings: stage.embeddings, probes: nil, remedy: nil,
            findings: FindingsList.withoutData(stage, pair), coverage: Coverage.ofComparison(stage, pair))
        return terms.judge(result)
    }
}

/// What `assay diff` is asked for.
public struct ComparisonOptions: Sendable {
    public var suspect: String
    public var base: String
    public var frequencies: String?
    public var baseSHA256: String?
    public var threads: Int
    public var terms = GateOptions()
    /// The command line, for the report.
    public var command: String

    public init(
        suspect: String, base: String, frequencies: String?, baseSHA256: String?, threads: Int, command: String
    ) {
        self.suspect = suspect
        self.base = base
        self.frequencies = frequencies
        self.baseSHA256 = baseSHA256
        self.threads = threads
        self.command = command
    }
}

extension Settings {
    /// Of a command that runs no model: no text is cut, nothing is drawn at random and nothing is trained.
    static func withoutRunning(command: String, frequencySource: String, policy: String) -> Settings {
        Settings(
            command: command, seed: 0, maxLength: 0, precision: "", epochs: 0, learningRate: 0, batchSize: 0,
            epur: false, frequencySource: frequencySource, policy: policy)
    }
}
