/// What the user asked `assay lab calibrate` for.
public struct ZooOptions: Sendable {
    /// Config, folders and threads, as of a table.
    public var files: ExperimentOptions
    /// Whether models stay after they were audited.
    public var keepModels = false
    /// Models to audit in this run at most; nil is all.
    public var limit: Int?

    public init(files: ExperimentOptions) { self.files = files }

    /// The command that gives these results, folders by what they hold.
    var command: String { files.command.replacing("lab table", with: "lab calibrate", maxReplacements: 1) }
}

/// What happens while a zoo is audited.
public enum ZooEvent: Sendable {
    /// Before the first model.
    case estimated(ZooEstimate)
    /// Share of the model's training or audit that is done, 0 to 1, and what is being done.
    case progressed(title: String, share: Double, detail: String)
    /// A model is finished: what was found, its place among all models, and what is left.
    case finished(title: String, result: String, done: Int, left: ZooEstimate)
    case failed(title: String, error: String)
}

/// How a run ended.
public struct ZooSummary: Sendable, Equatable {
    /// Models of the zoo, finished ones, and those that failed in this run.
    public let models: Int
    public let finished: Int
    public let failed: Int
    /// What the finished ones show, in a few lines.
    public let text: String
}
