/// Load, delta and E-PUR: beside the peer's stage, and beside the speed of reading the two files at all.
struct DeltaJob {
    let bench: Bench

    private static let peer = "peer_audit.py"

    func rows(_ subject: Subject) -> [Row] { stageRows(subject) + speedRows(subject) }

    /// The stage in fresh processes, as an audit begins.
    private func stageRows(_ subject: Subject) -> [Row] {
        let arguments =
            [subject.base, subject.suspect, bench.inputs.data, "--threads", "\(bench.settings.threads)"]
            + ["--weights-only"]
        let programs = bench.programs
        var contenders = [
            Contender(name: "Assay") { try self.stage([programs.benchmarks, "audit"] + arguments) }
        ]
        if let python = programs.python {
            contenders.append(
                Contender(name: Self.peer) {
                    try self.stage(
                        [python, programs.peerScripts + "/peer_audit.py"] + arguments,
                        environment: programs.peerEnvironment)
                })
        }
        let rounds = Rounds("delta, \(subject.name)", contenders, repeats: bench.settings.repeats)
        func row(_ name: String, _ quantity: (JobResult) -> Double?, _ target: Target?) -> Row {
            Row(
                name, unit: .seconds, ours: rounds.values("Assay", quantity), against: Self.peer,
                peer: rounds.values(Self.peer, quantity), target: target
            ).labelled(model: subject.name, threads: bench.settings.threads)
        }
        return [
            row("load + delta + E-PUR", \.seconds, .factor(3)),
            row("load + delta + E-PUR without the tokenizer", \.secondsWithoutTokenizer, nil),
        ]
    }

    /// The stage's seconds as it prints them itself: without the start of its process.
    private func stage(_ command: [String], environment: [String: String] = [:]) throws -> JobResult {
        let lines = try bench.programs.run(command, environment: environment).lines
        for line in lines {
            let stage = try JSONLine.value(AuditStage.self, from: line)
            guard stage.stage == "weights" else { continue }
            return JobResult(seconds: stage.seconds, tokenizerSeconds: stage.tokenizerSeconds)
        }
        throw BenchmarkError("\(command[0]) printed no stage \"weights\"")
    }

    /// Bytes of both files a second.
    private func speedRows(_ subject: Subject) -> [Row] {
        let jobs: [JobRequest.Job] = [.pageCache, .weights, .hash]
        let contenders = jobs.compactMap { job in
            Contender.resident(job.rawValue, bench.engine, bench.request(job, subject))
        }
        let rounds = Rounds("files, \(subject.name)", contenders, repeats: bench.settings.repeats)
        func speed(_ result: JobResult) -> Double? {
            guard let bytes = result.bytes, let seconds = result.secondsWithoutTokenizer else { return nil }
            return Double(bytes) / seconds / 1e9
        }
        return [
            Row(
                "load + delta + E-PUR, bytes", unit: .gigabytesPerSecond,
                ours: rounds.values(JobRequest.Job.weights.rawValue, speed), against: "reading from the page cache",
                peer: rounds.values(JobRequest.Job.pageCache.rawValue, \.bandwidth), target: .share(atLeast: 0.6)),
            Row(
                "hashing the input files", unit: .seconds,
                ours: rounds.values(JobRequest.Job.hash.rawValue, \.seconds)),
        ].map { $0.labelled(model: subject.name, threads: bench.settings.threads) }
    }
}
