import Audit

/// Runs the jobs that were asked for; results are saved after each.
struct BenchmarkRun {
    let bench: Bench
    let kinds: [JobKind]
    /// Models that are audited as a whole.
    let auditedNames: [String]
    let output: String
    /// Folder for the page; nil writes none.
    let docs: String?
    /// Whether results of other jobs stay in the output file.
    let keepsOthers: Bool

    func run() throws {
        var results = BenchmarkResults(
            machine: .current, versions: versions(),
            effort: BenchmarkResults.Effort(
                repeats: bench.settings.repeats, auditRepeats: bench.settings.auditRepeats,
                texts: bench.settings.texts, batch: bench.settings.batch, maxLength: bench.settings.maxLength,
                quick: bench.settings.isQuick))
        if keepsOthers, let earlier = try BenchmarkResults.read(from: output, like: results) {
            results.rows = earlier.rows.filter { row in row.kind.map { !kinds.contains($0) } ?? false }
            results.series = kinds.contains(.scaling) ? [] : earlier.series
        }
        for kind in kinds {
            let rows = results.rows + (try rows(kind, &results.series).map { $0.asked(for: kind) })
            results.rows = JobKind.allCases.flatMap { kind in rows.filter { $0.kind == kind } }
            try results.write(to: output)
        }
        print(ResultsTable.markdown(results.rows, .targets))
        print(ResultsTable.markdown(results.rows, .limits))
        if let docs { try BenchmarkPage(results: results).write(to: docs) }
        Bench.log("results: \(output)")
    }

    private func rows(_ kind: JobKind, _ series: inout [Series]) throws -> [Row] {
        let subjects = bench.inputs.subjects
        switch kind {
        case .evaluation: return subjects.flatMap(ThroughputJob(bench: bench, job: .evaluation).rows)
        case .training: return subjects.flatMap(ThroughputJob(bench: bench, job: .training).rows)
        case .audit:
            return subjects.filter { auditedNames.contains($0.name) }.flatMap(AuditJob(bench: bench).rows)
        case .delta: return subjects.flatMap(DeltaJob(bench: bench).rows)
        case .start: return StartJob(bench: bench).rows()
        case .efficiency: return subjects.flatMap(EfficiencyJob(bench: bench).rows)
        case .limits: return LimitsJob(bench: bench).rows()
        case .scaling:
            guard let subject = subjects.first else { return [] }
            series += try ScalingJob(bench: bench, subject: subject).series()
            return try LargePairJob(bench: bench).rows()
        case .decoder: return try DecoderJob(bench: bench).rows()
        }
    }

    /// Versions of everything that computes; the peer's only where it answers.
    private func versions() -> [String: String] {
        var versions = ["Assay": AuditRun.toolVersion]
        if let line = try? bench.programs.run(["swift", "--version"]).lines.first {
            versions["Swift"] = String(line.drop { !$0.isNumber })
        }
        for process in [bench.engine, bench.peer].compactMap({ $0 }) {
            do {
                versions.merge(try process.run(JobRequest(job: .versions)).versions ?? [:]) { $1 }
            } catch {
                Bench.log("\(error)")
            }
        }
        return versions
    }
}
