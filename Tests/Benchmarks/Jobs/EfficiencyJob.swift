import Kernels

/// Forward pass and training step as shares of the speed of their matrix products alone.
struct EfficiencyJob {
    let bench: Bench

    func rows(_ subject: Subject) -> [Row] {
        bench.precisions.flatMap { precision in
            [
                row("forward pass", .evaluation, .evaluationProducts, subject, precision, target: 0.85),
                row("training step", .training, .trainingProducts, subject, precision, target: 0.75),
            ]
        }
    }

    /// - Parameter target: of f32; bf16 has none.
    private func row(
        _ name: String, _ job: JobRequest.Job, _ products: JobRequest.Job, _ subject: Subject, _ precision: Precision,
        target: Double
    ) -> Row {
        let contenders = [(job.rawValue, job), ("its products", products)].compactMap {
            Contender.resident($0.0, bench.engine, bench.request($0.1, subject, precision))
        }
        let rounds = Rounds(
            "efficiency, \(subject.name), \(precision.rawValue)", contenders, repeats: bench.settings.repeats)
        return Row(
            name, unit: .tokensPerSecond, ours: rounds.values(job.rawValue, \.forwardRate),
            against: "its matrix products alone", peer: rounds.values("its products", \.productRate),
            target: precision == .f32 ? .share(atLeast: target) : nil, isShare: true
        ).labelled(model: subject.name, precision: precision.rawValue, threads: bench.settings.threads)
    }
}
