import Checkpoints
import Kernels

/// Speed along threads, batch tokens, sequence length and model size.
struct ScalingJob {
    let bench: Bench
    let subject: Subject

    func series() throws -> [Series] {
        [threads(), batchTokens(), sequenceLength()] + (try modelSize())
    }

    private func threads() -> Series {
        let lines = [JobRequest.Job.evaluation, .training].flatMap { job in
            bench.precisions.map { precision in
                line("\(job.rawValue), \(precision.rawValue)", Array(1...bench.settings.threads)) { threads in
                    var request = bench.request(job, subject, precision)
                    request.threads = threads
                    return request
                }
            }
        }
        return Series(
            id: "threads", title: "Tokens a second by threads, \(subject.name)", xLabel: "threads",
            yLabel: "tokens/s", lines: lines)
    }

    private func batchTokens() -> Series {
        let lines = bench.precisions.map { precision in
            line("evaluation, \(precision.rawValue)", bench.settings.batchTokens) { tokens in
                var request = bench.request(.evaluation, subject, precision)
                request.batchTokens = tokens
                // Enough batches of the largest size to keep every thread busy.
                request.texts *= 4
                return request
            }
        }
        return Series(
            id: "batch-tokens", title: "Tokens a second by tokens of a batch, \(subject.name)",
            xLabel: "tokens of a batch", yLabel: "tokens/s", xScale: .logarithmic, lines: lines)
    }

    private func sequenceLength() -> Series {
        let lines = bench.precisions.map { precision in
            line("evaluation, \(precision.rawValue)", bench.settings.sequenceLengths) { length in
                var request = bench.request(.evaluation, subject, precision)
                request.sequenceLength = length
                request.texts = bench.settings.sequenceTokens / length
                return request
            }
        }
        return Series(
            id: "sequence-length", title: "Tokens a second by sequence length, \(subject.name)",
            xLabel: "tokens of a sequence", yLabel: "tokens/s", xScale: .logarithmic, lines: lines)
    }

    private func modelSize() throws -> [Series] {
        let models = try bench.settings.scalingSizes.map { size in
            let model = try bench.inputs.generated(size)
            let bytes = try InputFile(path: model.suspect + "/model.safetensors").size
            return (model, millions: Double(bytes / 400_000) / 10)
        }
        let jobs = [JobRequest.Job.evaluation, .training]
        func series(_ id: String, _ title: String, _ unit: String, _ y: (JobRequest) -> [Double]) -> Series {
            let lines = jobs.map { job in
                Series.Line(
                    name: "\(job.rawValue), f32",
                    points: models.compactMap { model, millions in
                        Sample(y(bench.request(job, model))).map { Series.Point(x: millions, y: $0) }
                    })
            }
            return Series(
                id: id, title: title, xLabel: "million parameters", yLabel: unit, xScale: .logarithmic,
                yScale: .logarithmic, lines: lines)
        }
        return [
            series("model-size", "Tokens a second by model size", "tokens/s") { rates($0) },
            series("memory", "Peak memory by model size", "MB") { request in
                Bench.log("scaling, memory in \(request.job.rawValue)")
                do {
                    return [try peakMegabytes(request)]
                } catch {
                    Bench.log("not measured: \(error)")
                    return []
                }
            },
        ]
    }

    /// Peak memory of a fresh process that does one job.
    private func peakMegabytes(_ request: JobRequest) throws -> Double {
        let engine = try bench.programs.engine()
        _ = try engine.run(request)
        return Double(engine.finish()) / 1e6
    }

    private func line(_ name: String, _ xs: [Int], _ request: (Int) -> JobRequest) -> Series.Line {
        Series.Line(
            name: name,
            points: xs.compactMap { x in Sample(rates(request(x))).map { Series.Point(x: Double(x), y: $0) } })
    }

    private func rates(_ request: JobRequest) -> [Double] {
        let contender = Contender(name: request.job.rawValue) { try bench.engine.run(request) }
        return Rounds("scaling", [contender], repeats: bench.settings.seriesRepeats)
            .values(request.job.rawValue, \.tokenRate) ?? []
    }
}
