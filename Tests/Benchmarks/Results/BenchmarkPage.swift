import Checkpoints
import Glibc

@testable import Reports

/// docs/benchmarks.md and its charts.
struct BenchmarkPage {
    let results: BenchmarkResults

    /// Writes the page and its charts into a folder.
    func write(to folder: String) throws {
        mkdir(folder, 0o755)
        try AtomicFile.write(Array(text.utf8), to: folder + "/benchmarks.md")
        for series in results.series {
            let svg = SeriesChart(series: series).svg
            try AtomicFile.write(Array(svg.utf8), to: "\(folder)/\(Self.file(of: series))")
        }
    }

    private static func file(of series: Series) -> String { "benchmark-\(series.id).svg" }

    private var text: String {
        let settings = results.effort
        return """
            # Benchmarks

            This page is what `make bench` wrote; nothing on it was typed in. A row gives the median of its runs and, in
            parentheses, the lowest and the highest.

            ## What is measured

            - **Peer**: PyTorch with transformers, as a practitioner would write it (`Tests/Benchmarks/peer`). Both
              sides run in processes of their own, in turn, with as many threads and the same models and texts.
              *Padded* means random batches, padded to their longest text, as transformers' Trainer makes them;
              *sorted* means batches of texts of like length. A ratio is the quotient of the medians; its
              spread is that of single rounds.
            - **Evaluation and training** count real tokens, without padding, over the whole time of
              \(settings.texts) texts of at most \(settings.maxLength) tokens: tokenization, forward pass and, in
              training, backward pass and AdamW, in batches of \(settings.batch) with the dropout of the model's config.
              Models are loaded, and weights packed, before.
            - **Whole audit** is `peer_audit.py` and the same work with Assay's modules: load, delta, E-PUR, then for
              each reserve ratio mixing, fine-tuning and measuring. Time and peak memory are those of the process. The
              peer computes it in f32.
            - **Load + delta + E-PUR** is that audit's first stage, tokenizer included, hashing not; the row without the
              tokenizer is the one that is set beside the speed of reading the two files from the page cache.
            - **Share of the products' speed**: every matrix product that the job makes is measured alone, at its own
              shape, with a copy on every thread at once. How long all of them would take at that speed, divided by how
              long the job takes without tokenization, is the share; all else the job does counts against it.

            ## Results

            \(ResultsTable.markdown(results.rows, .targets))
            ## Limits of the machine

            \(ResultsTable.markdown(results.rows, .limits))
            ## Scaling

            \(charts)
            ## Machine and versions

            \(facts)

            ## How to run it

            ```sh
            make bench
            ASSAY_PEER_PYTHON=venv/bin/python make bench     # with the peer: a Python with torch and transformers
            ```

            Without options models of random weights and texts of random words are generated, as long as the sentences
            of film reviews. `--jobs audit --keep` measures one job and keeps what bench.json holds of the others.
            `.build/release/Benchmarks run --help` lists the options for models and texts of your own.

            """
    }

    private var charts: String {
        results.series.map { "### \($0.title)\n\n![\($0.title)](\(Self.file(of: $0)))\n\n" }.joined()
    }

    private var facts: String {
        let machine = results.machine
        let facts = [
            "Processor: \(machine.processor), \(machine.cores) cores",
            "Instruction level of Assay's own loops: \(machine.instructionLevel); bf16 products: "
                + (machine.bf16Products ? "yes" : "no"),
            "Memory: \(NumberText.fixed(machine.memoryGigabytes, 1)) GB; \(machine.system)",
        ]
        let load = "Load average before the run: \(NumberText.fixed(results.loadBefore, 2))"
        let versions = results.versions.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }
        return (facts + [load, "Versions: " + versions.joined(separator: ", ")]).map { "- \($0)" }.joined(
            separator: "\n")
    }
}
