import Findings

#if canImport(Glibc)
    import Glibc
#endif

/// Measures a run: start, wall time, peak memory, processor.
struct RunClock {
    private let started = time(nil)
    private let start = ContinuousClock.now
    private let threads: Int

    init(threads: Int) { self.threads = threads }

    func record(_ stages: [RunRecord.Stage]) -> RunRecord {
        let elapsed = (ContinuousClock.now - start).components
        var usage = rusage()
        getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
        return RunRecord(
            started: started, seconds: Double(elapsed.seconds) + Double(elapsed.attoseconds) * 1e-18,
            peakMemoryBytes: usage.ru_maxrss * 1024, threads: threads, processor: Self.processor, stages: stages)
    }

    /// The processor's name as the kernel gives it.
    private static var processor: String {
        guard let file = fopen("/proc/cpuinfo", "r") else { return "unknown" }
        defer { fclose(file) }
        var line = [CChar](repeating: 0, count: 512)
        while fgets(&line, Int32(line.count), file) != nil {
            let text = String(decoding: line.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
            if text.hasPrefix("model name"), let colon = text.firstIndex(of: ":") {
                return String(text[text.index(after: colon)...].drop { $0 == " " }.prefix { $0 != "\n" })
            }
        }
        return "unknown"
    }
}
