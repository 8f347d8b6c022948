import Kernels

/// Evaluation and training: tokens a second beside the peer's.
struct ThroughputJob {
    let bench: Bench
    let job: JobRequest.Job

    /// Targets of one job.
    private struct Targets {
        let padded: Double
        let sorted: Double
        let bf16: Double
        let bf16AgainstF32: Double
    }

    private var targets: Targets {
        job == .evaluation
            ? Targets(padded: 2.6, sorted: 1.6, bf16: 2.2, bf16AgainstF32: 4.3)
            : Targets(padded: 2.6, sorted: 1.75, bf16: 2.5, bf16AgainstF32: 3.8)
    }

    private enum Name {
        static let f32 = "Assay f32"
        static let bf16 = "Assay bf16"
        static let padded = "peer padded f32"
        static let sorted = "peer sorted f32"
        static let paddedBF16 = "peer padded bf16"
    }

    func rows(_ subject: Subject) -> [Row] {
        let rounds = Rounds(
            "\(job.rawValue), \(subject.name)", contenders(subject), repeats: bench.settings.repeats)
        func row(_ ours: String, _ precision: Precision, _ against: String, _ target: Double) -> Row {
            Row(
                job.rawValue, unit: .tokensPerSecond, ours: rounds.values(ours, \.tokenRate), against: against,
                peer: rounds.values(against, \.tokenRate), target: .factor(target)
            ).labelled(model: subject.name, precision: precision.rawValue, threads: bench.settings.threads)
        }
        return [
            row(Name.f32, .f32, Name.padded, targets.padded), row(Name.f32, .f32, Name.sorted, targets.sorted),
            row(Name.bf16, .bf16, Name.paddedBF16, targets.bf16),
            row(Name.bf16, .bf16, Name.padded, targets.bf16AgainstF32),
        ]
    }

    private func contenders(_ subject: Subject) -> [Contender] {
        func request(_ precision: Precision, _ order: JobRequest.Order = .random) -> JobRequest {
            var request = bench.request(job, subject, precision)
            request.order = order
            return request
        }
        return [
            .resident(Name.f32, bench.engine, request(.f32)),
            .resident(Name.padded, bench.peer, request(.f32)),
            .resident(Name.bf16, bench.engine, request(.bf16)),
            .resident(Name.paddedBF16, bench.peer, request(.bf16)),
            .resident(Name.sorted, bench.peer, request(.f32, .sorted)),
        ].compactMap { $0 }
    }
}
