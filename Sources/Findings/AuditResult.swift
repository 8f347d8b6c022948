/// Everything an audit found: the product, of which every report is a pure function.
///
/// Encoded as JSON with sorted keys. Wall time, memory and host are not part of it: see `RunRecord`.
public struct AuditResult: Codable, Sendable, Equatable {
    /// The version of this schema that the code reads and writes.
    public static let currentSchemaVersion = 2

    /// How much was looked at, and so what a verdict speaks of.
    public enum Kind: String, Codable, Sendable, CaseIterable {
        /// Suspect and base: files, weights and, by running them, triggers.
        case audit
        /// Suspect and base: files and weights; nothing is run, so that passing says nothing of triggers.
        case diff
        /// The files of one folder; nothing is run or compared, so that passing says nothing of the weights' content.
        case scan
    }

    /// What the audited model does.
    public enum Task: String, Codable, Sendable, CaseIterable {
        /// Gives a text one of a few labels; a trigger's target is a label.
        case classification
        /// Continues a text; a trigger's target is a pattern in the continuation, which stands in place of a label.
        case continuation
    }

    public var schemaVersion: Int
    public var kind: Kind
    /// Nil where no model was run.
    public var task: Task?
    public var tool: Tool
    /// The gate's word on the suspect as delivered.
    public var verdict: Verdict
    /// The same rules applied to the purified model; nil when no remedy was run.
    public var purifiedVerdict: Verdict?
    public var gate: Gate
    public var suspect: ModelSummary
    /// Nil in a scan, as are `weights` and `embeddings`.
    public var base: ModelSummary?
    /// Nil in a diff and in a scan, as are `probes` and `remedy`.
    public var data: DataSummary?
    public var settings: Settings
    public var weights: WeightComparison?
    public var embeddings: EmbeddingComparison?
    public var probes: ProbeSummary?
    public var remedy: RemedySummary?
    public var findings: [Finding]
    public var coverage: [CoverageItem]
    /// Every suppression that was given, whether or not it applied.
    public var suppressions: [Suppression]
    /// Nil without a baseline.
    public var baseline: BaselineComparison?

    public init(
        kind: Kind = .audit, task: Task? = nil, tool: Tool, verdict: Verdict, purifiedVerdict: Verdict?, gate: Gate,
        suspect: ModelSummary, base: ModelSummary?, data: DataSummary?, settings: Settings, weights: WeightComparison?,
        embeddings: EmbeddingComparison?, probes: ProbeSummary?, remedy: RemedySummary?, findings: [Finding],
        coverage: [CoverageItem], suppressions: [Suppression] = [], baseline: BaselineComparison? = nil
    ) {
        schemaVersion = Self.currentSchemaVersion
        self.kind = kind
        self.task = task
        self.tool = tool
        self.verdict = verdict
        self.purifiedVerdict = purifiedVerdict
        self.gate = gate
        self.suspect = suspect
        self.base = base
        self.data = data
        self.settings = settings
        self.weights = weights
        self.embeddings = embeddings
        self.probes = probes
        self.remedy = remedy
        self.findings = findings
        self.coverage = coverage
        self.suppressions = suppressions
        self.baseline = baseline
    }
}

/// The program that made the result.
public struct Tool: Codable, Sendable, Equatable {
    public var name: String
    public var version: String

    public init(name: String, version: String) {
        self.name = name
        self.version = version
    }
}

/// The parameters of the audit that decide its numbers.
public struct Settings: Codable, Sendable, Equatable {
    /// The command line, as it can be typed again.
    public var command: String
    public var seed: UInt64
    /// Tokens of one text, special tokens included.
    public var maxLength: Int
    /// Numeric precision of the matrix products, "f32".
    public var precision: String
    public var epochs: Int
    public var learningRate: Double
    public var batchSize: Int
    public var epur: Bool
    /// Where token frequencies came from, in words.
    public var frequencySource: String
    /// Name of the policy file, or "default".
    public var policy: String

    public init(
        command: String, seed: UInt64, maxLength: Int, precision: String, epochs: Int, learningRate: Double,
        batchSize: Int, epur: Bool, frequencySource: String, policy: String
    ) {
        self.command = command
        self.seed = seed
        self.maxLength = maxLength
        self.precision = precision
        self.epochs = epochs
        self.learningRate = learningRate
        self.batchSize = batchSize
        self.epur = epur
        self.frequencySource = frequencySource
        self.policy = policy
    }
}

/// One thing that was or was not examined, and why.
public struct CoverageItem: Codable, Sendable, Equatable {
    public enum State: String, Codable, Sendable, CaseIterable { case examined, partly, skipped }

    public var subject: String
    public var state: State
    public var detail: String

    public init(subject: String, state: State, detail: String) {
        self.subject = subject
        self.state = state
        self.detail = detail
    }
}
