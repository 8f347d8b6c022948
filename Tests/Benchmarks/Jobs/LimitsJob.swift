import Kernels

/// What the machine can do at all: matrix products by shape, memory, page cache.
struct LimitsJob {
    let bench: Bench

    func rows() -> [Row] {
        bench.inputs.subjects.flatMap { subject in
            bench.precisions.flatMap { precision in
                [JobRequest.Job.evaluationProducts, .trainingProducts].flatMap { products($0, subject, precision) }
            }
        } + bandwidthRows()
    }

    /// Speeds of the products that make up most of a job.
    private func products(_ job: JobRequest.Job, _ subject: Subject, _ precision: Precision) -> [Row] {
        let contender = Contender.resident(job.rawValue, bench.engine, bench.request(job, subject, precision))
        let rounds = Rounds(
            "limits, \(subject.name), \(precision.rawValue)", [contender].compactMap { $0 },
            repeats: bench.settings.seriesRepeats, warmUp: false)
        var speeds: [ProductShape: [Double]] = [:]
        for product in rounds.results(job.rawValue).compactMap(\.products).joined() {
            speeds[product.shape, default: []].append(product.gigaflops)
        }
        let largest = speeds.keys.map(\.operations).max() ?? 0
        let shown = speeds.keys.filter { $0.operations > largest / 5 }.sorted { $0.order < $1.order }
        return shown.map { shape in
            Row(shape.title, unit: .gigaflops, ours: speeds[shape])
                .labelled(
                    model: subject.name, precision: precision.rawValue, threads: bench.settings.threads, table: .limits)
        }
    }

    private func bandwidthRows() -> [Row] {
        guard let subject = bench.inputs.subjects.first else { return [] }
        let contenders = [JobRequest.Job.copy, .pageCache].compactMap { job in
            Contender.resident(job.rawValue, bench.engine, bench.request(job, subject))
        }
        let rounds = Rounds("limits", contenders, repeats: bench.settings.repeats)
        return [
            ("memory, copying 256 MB (read + written)", JobRequest.Job.copy),
            ("page cache, reading the weights", JobRequest.Job.pageCache),
        ].map { name, job in
            Row(name, unit: .gigabytesPerSecond, ours: rounds.values(job.rawValue, \.bandwidth))
                .labelled(threads: bench.settings.threads, table: .limits)
        }
    }
}

extension ProductShape {
    /// Forward first, then by inputs and outputs.
    fileprivate var order: (Int, Int, Int, Int) {
        let kinds: [Kind] = [.forward, .inputGradient, .weightGradient]
        return (kinds.firstIndex(of: kind) ?? 0, rows, inputs, outputs)
    }

    fileprivate var title: String {
        let name =
            switch kind {
            case .forward: "x·Wᵀ"
            case .inputGradient: "∂y·W"
            case .weightGradient: "∂yᵀ·x"
            }
        return "product \(name), \(rows) rows, W \(outputs) × \(inputs)"
    }
}
