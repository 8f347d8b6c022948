import Checkpoints
import Files
public import Findings
import Forensics
import StrictJSON
import Tokenizers
import Transformers

/// Everything that the weights and files alone tell: no data, no engine.
public struct WeightStage: Sendable, Codable {
    public let weights: WeightComparison
    public let embeddings: EmbeddingComparison
    /// Rows that E-PUR resets.
    public let resetRows: [Int]
    /// Estimated frequency of each token, by id.
    public let frequencies: [Double]
    public let frequencySource: String
    /// Embedding rows with NaN or infinity.
    let nonFiniteRows: [Int]
    /// Tensors of the base with NaN or infinity.
    let nonFiniteInBase: [String]
    /// Ids that are special in the suspect and not in the base.
    let newSpecialIDs: [Int]
    /// Rows of the word embeddings that only the suspect has; their ids follow the base's.
    let addedRows: Int
    /// Rows of the word embeddings that only the base has.
    let droppedRows: Int
    /// Why something else may run than was read.
    let concerns: LoadingConcerns

    /// Streams both models once.
    ///
    /// - Parameters:
    ///   - pair: the models.
    ///   - frequencyFile: bytes and name of `--frequencies`; nil uses the tokenizer's own order.
    ///   - threads: that share the work; they do not change the result.
    public init(_ pair: ModelPair, frequencyFile: (bytes: [UInt8], name: String)? = nil, threads: Int) throws {
        let (delta, rows) = try WeightDelta.measure(
            pair.matching, suspect: pair.suspect.checkpoint, base: pair.base.checkpoint, threads: threads)
        guard let rows else {
            throw AuditError(
                "\(pair.suspect.path): its word embeddings have no counterpart in the base; give the "
                    + "pre-trained model that it was fine-tuned from")
        }
        let frequencies =
            if let frequencyFile {
                try TokenFrequencies(
                    FrequencyList(parsing: frequencyFile.bytes, file: frequencyFile.name), for: pair.baseTokenizer)
            } else { TokenFrequencies.prior(of: pair.baseTokenizer) }
        let ranking = EmbeddingRanking(
            rows, special: pair.baseTokenizer.specialIDs, frequencies: frequencies.counts)
        self.frequencies = frequencies.counts
        frequencySource = frequencies.source
        resetRows = ranking.resetRows
        nonFiniteRows = ranking.nonFiniteRows
        nonFiniteInBase = delta.nonFiniteInBase
        addedRows = ranking.addedRows
        droppedRows = pair.matching.wordEmbeddings.map { max(0, $0.base.shape[0] - rows.rows.count) } ?? 0
        newSpecialIDs = pair.suspectTokenizer.specialIDs.subtracting(pair.baseTokenizer.specialIDs).sorted()
        concerns = try LoadingConcerns(pair, norms: delta.norms)
        embeddings = EmbeddingComparison(ranking, tokenizer: pair.suspectTokenizer)
        let tokenizer = TokenizerComparison.differences(
            suspect: pair.suspectTokenizer, suspectFiles: try pair.suspect.tokenizerFiles(),
            base: pair.baseTokenizer, baseFiles: try pair.base.tokenizerFiles())
        weights = WeightComparison(
            delta, unpaired: pair.matching.unpaired,
            config: ConfigComparison.differences(suspect: pair.suspect.config.json, base: pair.base.config.json),
            tokenizer: tokenizer, lowRank: pair.suspect.checkpoint.lowRankUpdates.map(LowRankDelta.init))
    }
}
