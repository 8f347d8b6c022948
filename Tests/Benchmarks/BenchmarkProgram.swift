import ArgumentParser

/// `make bench`: measures the engine, the machine's own limits and, where there is one, the PyTorch peer.
@main
struct BenchmarkProgram: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "Benchmarks",
        abstract: "Measure Assay beside PyTorch and beside the limits of the machine.",
        discussion: """
            Needs nothing: models and texts are generated. Where ASSAY_PEER_PYTHON names a Python with torch and \
            transformers, the peer runs every job too, in turn with ours.

            EXAMPLES
              Benchmarks --quick
              Benchmarks --jobs evaluation,training --repeats 7
              Benchmarks --model suspect --base base --data texts.tsv --docs docs
            """,
        subcommands: [RunCommand.self, ServeCommand.self, AuditCommand.self], defaultSubcommand: RunCommand.self)
}
