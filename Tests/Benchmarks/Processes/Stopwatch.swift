/// Measures wall time.
struct Stopwatch {
    private var start = ContinuousClock.now

    /// Seconds since the start.
    var seconds: Double {
        let elapsed = (ContinuousClock.now - start).components
        return Double(elapsed.seconds) + Double(elapsed.attoseconds) * 1e-18
    }

    /// Seconds that `body` takes, and its result.
    static func time<Result>(_ body: () throws -> Result) rethrows -> (seconds: Double, result: Result) {
        let watch = Stopwatch()
        let result = try body()
        return (watch.seconds, result)
    }
}
