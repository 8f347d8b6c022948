@testable import Reports

/// A decoder of a billion weights in bf16: compared with its base, loaded and evaluated.
struct DecoderJob {
    let bench: Bench

    /// Bytes of memory that the machine has, as the project promises it.
    private static let memory = 24e9

    func rows() throws -> [Row] {
        let size = bench.settings.isQuick ? DecoderSize.quick : .oneBillion
        Bench.log("writing a decoder of \(size.layers) × \(size.hidden) and its base")
        let pair = try bench.inputs.decoder(size)
        let (deltas, _) = try measured(.weights, pair)
        let (loads, _) = try measured(.evaluation, pair, texts: 1)
        let (evaluations, peaks) = try measured(.evaluation, pair, texts: bench.settings.isQuick ? 4 : 64)
        return [
            Row("decoder, load + delta + E-PUR", unit: .seconds, ours: deltas.compactMap(\.seconds)),
            Row(
                "decoder, memory of the delta beyond mapped pages", unit: .megabytes,
                ours: deltas.compactMap { $0.anonymousBytes.map { Double($0) / 1e6 } }),
            Row("decoder, load and a first text", unit: .seconds, ours: loads.compactMap(\.processSeconds)),
            Row("decoder, evaluation", unit: .tokensPerSecond, ours: evaluations.compactMap(\.tokenRate)),
            Row(
                "decoder, most memory of the evaluation", unit: .megabytes, ours: peaks.map { $0 / 1e6 },
                target: .value(atMost: Self.memory / 1e6)),
        ].map {
            $0.labelled(
                model: "\(size.layers) × \(size.hidden), bf16, " + NumberText.bytes(deltas.first?.bytes ?? 0),
                threads: bench.settings.threads)
        }
    }

    /// Results of fresh processes, and the most memory that each had resident.
    private func measured(
        _ job: JobRequest.Job, _ pair: Subject, texts: Int = 0
    ) throws -> (results: [JobResult], peaks: [Double]) {
        var request = bench.request(job, pair)
        request.sequenceLength = 64
        request.texts = texts
        var results: [JobResult] = []
        var peaks: [Double] = []
        for _ in 0..<bench.settings.seriesRepeats {
            let engine = try bench.programs.engine()
            let watch = Stopwatch()
            var result = try engine.run(request, watchingMemory: true)
            result.processSeconds = watch.seconds
            results.append(result)
            peaks.append(Double(engine.finish()))
        }
        return (results, peaks)
    }
}
