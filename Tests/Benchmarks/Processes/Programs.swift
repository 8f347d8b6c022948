import Glibc

/// The programs that are measured.
struct Programs {
    /// This program, which computes in children of its own.
    let benchmarks: String
    /// `assay`.
    let assay: String
    /// Python with torch and transformers; nil without a peer.
    let python: String?
    /// Folder of the peer's scripts.
    let peerScripts: String
    let threads: Int

    /// Where this program lies.
    static var ownPath: String {
        var path = [CChar](repeating: 0, count: 4_096)
        let count = readlink("/proc/self/exe", &path, path.count - 1)
        return String(decoding: path.prefix(max(0, count)).map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    /// A process of our engine.
    func engine() throws(BenchmarkError) -> ResidentProcess {
        try ResidentProcess([benchmarks, "serve"], name: "the engine")
    }

    /// A process of the peer.
    func peer() throws(BenchmarkError) -> ResidentProcess? {
        guard let python else { return nil }
        return try ResidentProcess(
            [python, peerScripts + "/peer_bench.py"], name: "the peer", environment: peerEnvironment)
    }

    /// As many threads as ours, and no network.
    var peerEnvironment: [String: String] {
        [
            "OMP_NUM_THREADS": "\(threads)", "MKL_NUM_THREADS": "\(threads)", "RAYON_NUM_THREADS": "\(threads)",
            "TOKENIZERS_PARALLELISM": "true", "HF_HUB_OFFLINE": "1", "TRANSFORMERS_OFFLINE": "1",
            "TRANSFORMERS_VERBOSITY": "error", "HF_HUB_DISABLE_PROGRESS_BARS": "1",
        ]
    }

    /// Runs a program to its end.
    ///
    /// - Returns: its output by lines, wall time and most resident memory.
    func run(
        _ command: [String], environment: [String: String] = [:]
    ) throws(BenchmarkError) -> (lines: [String], seconds: Double, peakBytes: Int) {
        let watch = Stopwatch()
        let child = try ChildProcess(command, environment: environment)
        var lines: [String] = []
        while let line = child.readLine() { lines.append(line) }
        let usage = child.finish()
        let seconds = watch.seconds
        guard usage.succeeded else {
            throw BenchmarkError("\(command.prefix(2).joined(separator: " ")) failed; its messages are above")
        }
        return (lines, seconds, usage.peakBytes)
    }
}
