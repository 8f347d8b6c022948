/// How long `assay` takes to start and end.
struct StartJob {
    let bench: Bench

    func rows() -> [Row] {
        let start = Contender(name: "assay --version") {
            JobResult(seconds: try bench.programs.run([bench.programs.assay, "--version"]).seconds)
        }
        let rounds = Rounds("start", [start], repeats: bench.settings.startRepeats)
        return [
            Row(
                "start (assay --version)", unit: .milliseconds,
                ours: rounds.values(start.name) { $0.seconds.map { $0 * 1_000 } }, target: .value(atMost: 30))
        ]
    }
}
