import Checkpoints
import Forensics
import StrictJSON
import Tokenizers
import Transformers

/// Everything that is learned from two models' weights: load, delta and E-PUR, without hashing.
struct WeightWork {
    let suspect: String
    let base: String
    let threads: Int

    /// Rows that E-PUR resets, as many as in the peer's audit.
    static let resetRows = 200

    /// The weights of both models.
    static func files(_ suspect: String, _ base: String) -> [String] {
        [suspect, base].map { $0 + "/model.safetensors" }
    }

    /// The stage's time; the tokenizer's, whose vocabulary the ranking needs, is also given apart.
    func run() throws -> JobResult {
        let watch = Stopwatch()
        let (tokenizerSeconds, tokenizer) = try Stopwatch.time { try loadTokenizer() }
        _ = try rank(tokenizer)
        return JobResult(
            seconds: watch.seconds, tokenizerSeconds: tokenizerSeconds,
            bytes: try Self.files(suspect, base).reduce(0) { $0 + (try InputFile(path: $1).size) })
    }

    /// Compares the weights and ranks the embeddings.
    func rank(_ tokenizer: any Tokenizer) throws -> EmbeddingRanking {
        let files = Self.files(suspect, base)
        let (first, second) = (try Checkpoint(path: files[0]), try Checkpoint(path: files[1]))
        let matching = TensorMatching(suspect: first, base: second)
        try matching.requireComparable(suspect: suspect, base: base)
        guard let rows = try WeightDelta.measure(matching, suspect: first, base: second, threads: threads).rows else {
            throw BenchmarkError("\(suspect) and \(base) have no word embeddings in common; give a model and its base")
        }
        return EmbeddingRanking(
            rows, special: tokenizer.specialIDs, frequencies: TokenFrequencies.prior(of: tokenizer).counts,
            resetCount: Self.resetRows)
    }

    func loadTokenizer() throws -> any Tokenizer {
        func bytes(_ name: String) throws -> [UInt8]? {
            do {
                return try InputFile(path: suspect + "/" + name).bytes()
            } catch  where error.code == .notFound {
                return nil
            }
        }
        return try TokenizerLoader.load(
            TokenizerFiles(
                folderName: suspect, tokenizerJSON: try bytes("tokenizer.json"),
                tokenizerConfig: try bytes("tokenizer_config.json"), vocabularyText: try bytes("vocab.txt"),
                specialTokensMap: try bytes("special_tokens_map.json"), addedTokens: try bytes("added_tokens.json"),
                modelType: "bert"))
    }
}
