import ArgumentParser
import Kernels
import Transformers

/// Our side of the whole audit, in a process of its own so that its time and memory are those of `peer_audit.py`.
struct AuditCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "audit", abstract: "Run the audit that peer_audit.py runs.", shouldDisplay: false)

    @Argument var base: String
    @Argument var suspect: String
    @Argument var data: String
    @Option var trigger = "cf"
    @Option var target = 1
    @Option var test = 1_000
    @Option var clean = 600
    @Option var rho = "0.1,0.3,0.5,0.7,0.9"
    @Option var epochs = 5
    @Option var lr = 5e-5
    @Option var batch = 32
    @Option var threads = 2
    @Option(transform: Self.precision) var precision = Precision.f32
    @Flag var weightsOnly = false

    func run() throws {
        let (seconds, (texts, ranking)) = try Stopwatch.time { (try AuditTexts(self), try AuditRanking(self)) }
        try AuditStage(stage: "weights", seconds: seconds, tokenizerSeconds: ranking.tokenizerSeconds).print()
        guard !weightsOnly else { return }
        let (loading, models) = try Stopwatch.time { try AuditModels(self, texts, ranking) }
        try AuditStage(stage: "load", seconds: loading).print()
        try stage("suspect") { models.measure(try models.suspect.load()) }
        for ratio in rho.split(separator: ",").compactMap({ Double($0) }) {
            try stage("rho \(ratio)") { try models.purify(ratio) }
        }
    }

    private static func precision(_ text: String) throws -> Precision {
        guard let precision = Precision(rawValue: text), precision.isAvailable else {
            throw ValidationError("--precision \(text) is not available on this processor; give f32")
        }
        return precision
    }

    private func stage(_ name: String, _ body: () throws -> AuditStage) throws {
        let watch = Stopwatch()
        var result = try body()
        result.stage = name
        result.seconds = watch.seconds
        try result.print()
    }
}

/// One line that an audit prints, ours or the peer's.
struct AuditStage: Codable {
    var stage = ""
    var seconds = 0.0
    var tokenizerSeconds: Double?
    /// Share of the test texts that are labelled rightly.
    var accuracy: Double?
    /// Share of the other labels' texts that the trigger flips to the target.
    var asr: Double?
    /// The same without the trigger.
    var floor: Double?
    /// Share of the dev texts that are labelled rightly.
    var dev: Double?

    func print() throws { Swift.print(try JSONLine.text(self)) }
}
