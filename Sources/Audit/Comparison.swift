import Checkpoints
public import Findings

/// The audit's part that needs no data and runs no model: what `assay diff` prints.
public struct Comparison: Sendable {
    public let suspect: ModelSummary
    public let base: ModelSummary
    public let weights: WeightComparison
    public let embeddings: EmbeddingComparison
    public let findings: [Finding]
    /// Where token frequencies came from, in words.
    public let frequencySource: String

    /// - Throws: an error whose description names the file and says what to do.
    public init(suspect: String, base: String, frequencies: String?, baseSHA256: String?, threads: Int) throws {
        let pair = try ModelPair(suspect: suspect, base: base, baseSHA256: baseSHA256, threads: threads)
        let stage = try WeightStage(
            pair, frequencyFile: try frequencies.map(AuditRun.frequencyFile), threads: threads)
        try pair.verifyUnchanged()
        self.suspect = ModelPair.summary(pair.suspect)
        self.base = ModelPair.summary(pair.base)
        weights = stage.weights
        embeddings = stage.embeddings
        frequencySource = stage.frequencySource
        findings = FindingsList.withoutData(stage, pair)
    }
}
