public import Findings
public import Kernels

/// What the user asked for.
public struct AuditOptions: Sendable {
    public var suspect: String
    public var base: String
    public var data: String
    /// File of triggers, one a line.
    public var triggers: String?
    /// File of strings that an answer should not hold, one a line; for models that continue texts.
    public var targets: String?
    /// Whether the triggers of published attacks are tried as well.
    public var knownTriggers = true
    /// How much of the vocabulary the search for unknown triggers measures.
    public var scan = ScanMode.standard
    /// Whether activations and perturbed weights are looked at as well: reported, never gated.
    public var signals = false
    /// Whether Fine-mixing is applied and measured.
    public var remedy = true
    public var frequencies: String?
    /// Folder for the purified model.
    public var export: String?
    /// Folder of saved stages.
    public var work: String?
    public var seed: UInt64 = 0
    public var threads: Int
    /// Of the matrix products, in probes and in fine-tuning.
    public var precision = Precision.f32
    public var maxLength: Int?
    /// Reserve ratios to try, rising.
    public var rho = allRatios
    /// Run every ratio, not only as many as the choice needs.
    public var rhoCurve = false
    public var epochs = PurificationDefaults.epochs
    public var learningRate = PurificationDefaults.learningRate
    public var batchSize = PurificationDefaults.batchSize
    public var epur = true
    public var baseSHA256: String?
    public var gate = Gate.Subject.suspect
    /// Policy, suppressions and baseline of the gate.
    public var terms = GateOptions()
    /// The command line, for the report.
    public var command: String

    /// The grid of a classifier; a model that continues texts has one of its own.
    static let allRatios = (0...10).map { Double($0) / 10 }

    public init(suspect: String, base: String, data: String, threads: Int, command: String) {
        self.suspect = suspect
        self.base = base
        self.data = data
        self.threads = threads
        self.command = command
    }
}

/// How much of the vocabulary the search for unknown triggers measures.
public enum ScanMode: String, CaseIterable, Codable, Sendable {
    /// The best few hundred candidates.
    case quick
    /// The best few thousand.
    case standard
    /// Every token.
    case exhaustive
}
