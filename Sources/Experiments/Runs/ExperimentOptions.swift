/// What the user asked `assay lab table` for.
public struct ExperimentOptions: Sendable {
    /// The YAML file.
    public var config: String
    /// Folder of cells and tables.
    public var output: String
    /// Folder of models while they are needed; nil is inside the output.
    public var models: String?
    /// Folder of the files that the table names; nil is the config file's own.
    public var dataFolder: String?
    /// Folder of the base in place of the one that the table names.
    public var base: String?
    /// Tasks to run; none means all.
    public var only: [String] = []
    public var threads: Int
    /// Processor, for the results.
    public var machine: String
    /// Seconds of the calibration, each way.
    public var calibrationSeconds = 3.0

    public init(config: String, output: String, threads: Int, machine: String) {
        self.config = config
        self.output = output
        self.threads = threads
        self.machine = machine
    }

    /// Folder of the config file.
    var configFolder: String {
        let parts = config.split(separator: "/", omittingEmptySubsequences: false).dropLast()
        return parts.isEmpty ? "." : parts == [""] ? "/" : parts.joined(separator: "/")
    }

    /// The command that gives these results, folders by what they hold.
    var command: String {
        let name = config.split(separator: "/").last.map(String.init) ?? config
        return "assay lab table --config \(name)" + (dataFolder == nil ? "" : " --data-dir DATA")
            + (base == nil ? "" : " --base BASE") + " --output DIR"
    }
}

/// What happens while an experiment runs.
public enum ExperimentEvent: Sendable {
    /// Before the first cell.
    case estimated(ExperimentEstimate)
    /// Share of the cell or model that is done, 0 to 1, and what is being done.
    case progressed(title: String, share: Double, detail: String)
    /// A cell is finished: what it found, its place among all cells, and the time that is left.
    case finished(title: String, result: String, done: Int, of: Int, secondsLeft: Double)
    case failed(title: String, error: String)
}

/// How an experiment ended.
public struct ExperimentSummary: Sendable, Equatable {
    /// Cells of the table, finished ones, and those that failed in this run.
    public let cells: Int
    public let finished: Int
    public let failed: Int
}
