import ArgumentParser
import Glibc

/// Measures and reports.
struct RunCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run", abstract: "Measure, print a table and write bench.json.")

    @Option(help: "Jobs, separated by commas: \(JobKind.allCases.map(\.rawValue).joined(separator: ", ")).")
    var jobs = JobKind.allCases.map(\.rawValue).joined(separator: ",")
    @Option(help: "Runs of each job.") var repeats = 5
    @Option(help: "Runs of each whole audit.") var auditRepeats = 3
    @Option(help: "Threads on both sides. (default: all processors)") var threads: Int?
    @Option(help: "Texts of one evaluation or pass of training.") var texts: Int?
    @Option(help: "Model sizes, layers x width, separated by commas.") var sizes: String?
    @Option(help: "Sizes of the models that are audited as a whole.") var auditSizes = "6x384"
    @Option(help: "Folder of a classifier to measure instead of a generated one of its size; may be repeated.")
    var model: [String] = []
    @Option(help: "Folder of the base of each --model.") var base: [String] = []
    @Option(help: "Labelled texts, TSV, instead of generated ones: 1,600 rows for an audit.") var data: String?
    @Option(help: "File of the results.") var output = "bench.json"
    @Option(help: "Folder for benchmarks.md and its charts.") var docs: String?
    @Option(help: "The program whose start is measured. (default: assay beside this program)") var assay: String?
    @Option(help: "Folder of the peer's scripts.") var peerScripts = "Tests/Benchmarks/peer"
    @Flag(help: "Keep what the output file holds of other jobs, so that a long run can be cut up.") var keep = false
    @Flag(help: "A minute's run on little data, to see that all of it works.") var quick = false

    func validate() throws {
        guard model.count == base.count else { throw ValidationError("give one --base for each --model") }
        guard (1...1_000).contains(repeats), (1...1_000).contains(auditRepeats) else {
            throw ValidationError("--repeats and --audit-repeats must be from 1 to 1000")
        }
        if let threads, !(1...256).contains(threads) { throw ValidationError("--threads must be from 1 to 256") }
        _ = (try kinds(), try parsedSizes(sizes ?? ""), try parsedSizes(auditSizes))
    }

    func run() throws {
        signal(SIGPIPE, SIG_IGN)
        let settings = BenchmarkSettings(
            threads: threads ?? sysconf(Int32(_SC_NPROCESSORS_ONLN)), repeats: quick ? min(2, repeats) : repeats,
            auditRepeats: quick ? 1 : auditRepeats, texts: texts ?? (quick ? 64 : 512), isQuick: quick)
        let programs = programs(settings)
        Bench.log("preparing models and texts")
        let inputs = try BenchmarkInputs(
            sizes: try parsedSizes(sizes ?? (quick ? "6x384" : "6x384,12x768")),
            given: Array(zip(model, base)).map { (model: $0, base: $1) }, data: data)
        defer { inputs.folder.remove() }
        let bench = Bench(
            settings: settings, programs: programs, inputs: inputs, engine: try programs.engine(),
            peer: try programs.peer())
        try BenchmarkRun(
            bench: bench, kinds: try kinds(), auditedNames: try parsedSizes(auditSizes).map(\.name), output: output,
            docs: docs, keepsOthers: keep
        ).run()
    }

    private func programs(_ settings: BenchmarkSettings) -> Programs {
        let own = Programs.ownPath
        let folder = own.split(separator: "/", omittingEmptySubsequences: false).dropLast().joined(separator: "/")
        return Programs(
            benchmarks: own, assay: assay ?? folder + "/assay",
            python: getenv("ASSAY_PEER_PYTHON").map { String(cString: $0) }.flatMap { $0.isEmpty ? nil : $0 },
            peerScripts: peerScripts, threads: settings.threads)
    }

    private func kinds() throws -> [JobKind] {
        try jobs.split(separator: ",").map { name in
            guard let kind = JobKind(rawValue: String(name)) else {
                throw ValidationError("there is no job \"\(name)\"; the help lists them")
            }
            return kind
        }
    }

    private func parsedSizes(_ text: String) throws -> [ModelSize] {
        try text.split(separator: ",").map { size in
            guard let size = ModelSize(argument: String(size)) else {
                throw ValidationError("\"\(size)\" is no size; give layers and width such as 6x384")
            }
            return size
        }
    }
}
