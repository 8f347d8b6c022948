@testable import Reports

/// Delta analysis of a pair far larger than the memory it may use.
struct LargePairJob {
    let bench: Bench

    func rows() throws -> [Row] {
        Bench.log("writing a pair of \(bench.settings.largeSize.name)")
        let pair = try bench.inputs.generated(bench.settings.largeSize)
        var results: [JobResult] = []
        for _ in 0..<bench.settings.seriesRepeats {
            let engine = try bench.programs.engine()
            results.append(try engine.run(bench.request(.weights, pair), watchingMemory: true))
            _ = engine.finish()
        }
        return [
            Row(
                "delta, memory beyond mapped pages", unit: .megabytes,
                ours: results.compactMap { $0.anonymousBytes.map { Double($0) / 1e6 } }, target: .value(atMost: 256)),
            Row("delta, time", unit: .seconds, ours: results.compactMap(\.seconds)),
        ].map {
            $0.labelled(
                model: "two files, " + NumberText.bytes(results.first?.bytes ?? 0), threads: bench.settings.threads)
        }
    }
}
