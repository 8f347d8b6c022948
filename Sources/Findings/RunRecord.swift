/// How one run went: kept apart from the result, so that equal audits give equal bytes. Written as run.json.
public struct RunRecord: Codable, Sendable, Equatable {
    public struct Stage: Codable, Sendable, Equatable {
        public var name: String
        public var seconds: Double
        /// True when the stage was loaded from `--work`.
        public var cached: Bool

        public init(name: String, seconds: Double, cached: Bool) {
            self.name = name
            self.seconds = seconds
            self.cached = cached
        }
    }

    /// Start of the run, seconds since 1970.
    public var started: Int
    public var seconds: Double
    public var peakMemoryBytes: Int
    public var threads: Int
    public var processor: String
    public var stages: [Stage]

    public init(
        started: Int, seconds: Double, peakMemoryBytes: Int, threads: Int, processor: String, stages: [Stage]
    ) {
        self.started = started
        self.seconds = seconds
        self.peakMemoryBytes = peakMemoryBytes
        self.threads = threads
        self.processor = processor
        self.stages = stages
    }
}
