/// A process that answers requests, one line each, so that runs of two of them can alternate.
final class ResidentProcess {
    private let child: ChildProcess
    private let name: String

    /// - Parameter name: for errors.
    init(_ command: [String], name: String, environment: [String: String] = [:]) throws(BenchmarkError) {
        child = try ChildProcess(command, environment: environment)
        self.name = name
    }

    /// Sends one request and waits for its result.
    ///
    /// - Parameter watchingMemory: whether to watch the memory that belongs to no file meanwhile.
    func run(_ request: JobRequest, watchingMemory: Bool = false) throws -> JobResult {
        var anonymous = 0
        let watch = { anonymous = max(anonymous, ProcessMemory.anonymousBytes(of: self.child.process)) }
        guard child.write(line: try JSONLine.text(request)),
            let line = child.readLine(whileWaiting: watchingMemory ? watch : nil)
        else { throw BenchmarkError("\(name) ended before it answered; run it alone to see why") }
        var result = try JSONLine.value(JobResult.self, from: line)
        if let error = result.error { throw BenchmarkError("\(name): \(error)") }
        if watchingMemory { result.anonymousBytes = anonymous }
        return result
    }

    /// Ends the process.
    ///
    /// - Returns: the most memory that it had resident, in bytes.
    func finish() -> Int { child.finish().peakBytes }
}
