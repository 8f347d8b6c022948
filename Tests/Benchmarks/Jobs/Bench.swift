import Glibc
import Kernels

/// What every job works with.
struct Bench {
    let settings: BenchmarkSettings
    let programs: Programs
    let inputs: BenchmarkInputs
    let engine: ResidentProcess
    /// Nil without a peer.
    let peer: ResidentProcess?

    /// Precisions whose products this processor has.
    var precisions: [Precision] { Precision.allCases.filter(\.isAvailable) }

    /// A request with the run's settings.
    func request(_ job: JobRequest.Job, _ subject: Subject, _ precision: Precision = .f32) -> JobRequest {
        var request = JobRequest(job: job)
        request.model = subject.suspect
        request.base = subject.base
        request.data = inputs.data
        request.precision = precision
        request.threads = settings.threads
        request.texts = settings.texts
        request.batch = settings.batch
        request.maxLength = settings.maxLength
        return request
    }

    /// Tells on standard error how far the run is.
    static func log(_ text: String) { _ = (text + "\n").withCString { write(2, $0, strlen($0)) } }
}

/// One of several ways to do a job.
struct Contender {
    let name: String
    let run: () throws -> JobResult

    /// Runs the job in one of the resident processes; nil without that process.
    static func resident(_ name: String, _ process: ResidentProcess?, _ request: JobRequest) -> Contender? {
        process.map { process in Contender(name: name) { try process.run(request) } }
    }
}

/// Results of contenders that ran in turn: first, second, third, first, …
struct Rounds {
    private var results: [String: [JobResult]] = [:]

    /// - Parameters:
    ///   - title: for the log.
    ///   - repeats: rounds that count.
    ///   - warmUp: whether a round goes before that does not count.
    init(_ title: String, _ contenders: [Contender], repeats: Int, warmUp: Bool = true) {
        var failed = Set<String>()
        for round in (warmUp ? 0 : 1)...max(1, repeats) {
            for contender in contenders where !failed.contains(contender.name) {
                // Threads of the one before may still spin.
                usleep(200_000)
                do {
                    let result = try contender.run()
                    let time = result.seconds.map { ": \(Int(($0 * 1_000).rounded())) ms" } ?? ""
                    Bench.log("\(title), \(contender.name), \(round == 0 ? "warm-up" : "run \(round)")\(time)")
                    if round > 0 { results[contender.name, default: []].append(result) }
                } catch {
                    Bench.log("\(title), \(contender.name): not measured: \(error)")
                    failed.insert(contender.name)
                    results[contender.name] = nil
                }
            }
        }
    }

    /// A quantity of one contender by rounds; nil where it was not measured.
    func values(_ name: String, _ quantity: (JobResult) -> Double?) -> [Double]? {
        results[name].map { $0.compactMap(quantity) }.flatMap { $0.isEmpty ? nil : $0 }
    }

    func results(_ name: String) -> [JobResult] { results[name] ?? [] }
}
