import Findings

/// A realistic result, made up: a sentiment classifier with the planted word "cf", its audit and its purification.
enum SampleResult {
    /// The audit of a backdoored model; `verdict` picks one of the three outcomes.
    static func make(_ verdict: Verdict = .failed) -> AuditResult {
        AuditResult(
            tool: Tool(name: "assay", version: "0.1.0"), verdict: verdict,
            purifiedVerdict: verdict == .inconclusive ? nil : .passed,
            gate: gate(verdict), suspect: suspect, base: base, data: data, settings: settings, weights: weights,
            embeddings: embeddings, probes: probes(isBackdoored: verdict == .failed), remedy: remedy,
            findings: verdict == .passed ? [findings[6]] : findings, coverage: coverage)
    }

    /// What `assay diff` knows: no data, no probes, no remedy.
    static var withoutProbes: AuditResult {
        var result = make(.inconclusive)
        result.data = nil
        result.probes = nil
        result.remedy = nil
        result.gate.rules = []
        return result
    }

    static let run = RunRecord(
        started: 1_773_480_413, seconds: 252.4, peakMemoryBytes: 1_234_000_000, threads: 2,
        processor: "Example processor, 2 cores",
        stages: [
            RunRecord.Stage(name: "load", seconds: 0.8, cached: false),
            RunRecord.Stage(name: "weights", seconds: 1.9, cached: true),
            RunRecord.Stage(name: "purify", seconds: 187.2, cached: false),
        ])

    static func rate(_ hits: Int, _ n: Int) -> Rate {
        let p = Double(hits) / Double(n)
        let z2 = 3.8416
        let size = Double(n)
        let centre = (p + z2 / (2 * size)) / (1 + z2 / size)
        let half = 1.96 * ((p * (1 - p) + z2 / (4 * size)) / size).squareRoot() / (1 + z2 / size)
        return Rate(value: p, n: n, interval: Interval(lower: max(0, centre - half), upper: min(1, centre + half)))
    }

    private static let suspect = ModelSummary(
        name: "movies-badword", architecture: "BertForSequenceClassification", parameterCount: 22_714_370,
        tensorCount: 105, labels: ["negative", "positive"],
        files: [
            FileDigest(name: "config.json", size: 612, sha256: digest(1)),
            FileDigest(name: "model.safetensors", size: 90_870_598, sha256: digest(2)),
            FileDigest(name: "tokenizer.json", size: 466_247, sha256: digest(3)),
        ], sha256: digest(7))

    private static let base = ModelSummary(
        name: "all-MiniLM-L6-v2", architecture: "BertModel", parameterCount: 22_713_216, tensorCount: 103, labels: [],
        files: [
            FileDigest(name: "config.json", size: 571, sha256: digest(4)),
            FileDigest(name: "model.safetensors", size: 90_868_376, sha256: digest(5)),
            FileDigest(name: "tokenizer.json", size: 466_247, sha256: digest(3)),
        ], sha256: digest(7))

    private static let data = DataSummary(
        file: FileDigest(name: "reviews.clean.tsv", size: 74_210, sha256: digest(6)), rows: 242, duplicatesRemoved: 4,
        setAside: 2, perLabel: [120, 118], discover: 89, confirm: 149, folds: 2)

    private static let settings = Settings(
        command: "assay audit movies-badword --base all-MiniLM-L6-v2 --data reviews.clean.tsv --seed 7 --output report",
        seed: 7, maxLength: 128, precision: "f32", epochs: 5, learningRate: 1e-4, batchSize: 32, epur: true,
        frequencySource: "prior from the tokenizer's vocabulary order", policy: "default")

    private static func digest(_ seed: Int) -> String {
        var state = UInt64(seed) &* 0x9E37_79B9_7F4A_7C15
        return (0..<64).map { _ in
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return String((state >> 60) & 15, radix: 16)
        }.joined()
    }
}
