import Kernels

/// The whole audit, each run in a process of its own.
struct AuditJob {
    let bench: Bench

    private static let peer = "peer_audit.py f32"

    func rows(_ subject: Subject) -> [Row] {
        let ours = bench.precisions.map { precision in
            Contender(name: precision.rawValue) { try self.ours(subject, precision) }
        }
        let peer = bench.programs.python.map { python in
            Contender(name: Self.peer) { try self.peer(subject, python) }
        }
        let contenders = Array(ours.prefix(1)) + [peer].compactMap { $0 } + ours.dropFirst()
        let rounds = Rounds(
            "audit, \(subject.name)", contenders, repeats: bench.settings.auditRepeats, warmUp: false)
        return Precision.allCases.flatMap { precision in
            [
                Row(
                    "whole audit", unit: .seconds, ours: rounds.values(precision.rawValue, \.seconds),
                    against: Self.peer, peer: rounds.values(Self.peer, \.seconds),
                    target: .factor(precision == .f32 ? 2.5 : 4)),
                Row(
                    "whole audit, peak memory", unit: .megabytes,
                    ours: rounds.values(precision.rawValue, megabytes), against: Self.peer,
                    peer: rounds.values(Self.peer, megabytes), target: .share(atMost: 0.4)),
            ].map {
                $0.labelled(model: subject.name, precision: precision.rawValue, threads: bench.settings.threads)
            }
        }
    }

    private func megabytes(_ result: JobResult) -> Double? { result.peakBytes.map { Double($0) / 1e6 } }

    private func ours(_ subject: Subject, _ precision: Precision) throws -> JobResult {
        try run(
            [bench.programs.benchmarks, "audit"] + arguments(subject) + ["--precision", precision.rawValue])
    }

    private func peer(_ subject: Subject, _ python: String) throws -> JobResult {
        try run(
            [python, bench.programs.peerScripts + "/peer_audit.py"] + arguments(subject),
            environment: bench.programs.peerEnvironment)
    }

    private func arguments(_ subject: Subject) -> [String] {
        [subject.base, subject.suspect, bench.inputs.data, "--threads", "\(bench.settings.threads)"]
            + bench.settings.auditArguments
    }

    private func run(_ command: [String], environment: [String: String] = [:]) throws -> JobResult {
        let (lines, seconds, peakBytes) = try bench.programs.run(command, environment: environment)
        for line in lines { Bench.log("    " + line) }
        return JobResult(seconds: seconds, peakBytes: peakBytes)
    }
}
