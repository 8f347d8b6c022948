import Checkpoints
import Datasets
import Files
public import Kernels
import Tokenizers
import Transformers

/// Lets a language model answer prompts, with its own chat template around them.
public struct GenerateRun {
    /// One answer.
    public struct Answer: Sendable, Equatable {
        /// Row of the prompt in its file.
        public let row: Int
        /// New tokens, the end token left out.
        public let ids: [Int32]
        public let text: String
        /// The sum of the tokens' log-probabilities, in nats.
        public let logProbability: Double
    }

    private let folder: ModelFolder
    private let generator: Generator
    private let writer: PromptWriter
    private let pairs: [PromptPair]
    private let endIDs: Set<Int32>
    private let maxNewTokens: Int

    /// - Parameters:
    ///   - model: folder or GGUF file of a language model.
    ///   - data: JSON Lines of prompts; responses may be missing.
    ///   - context: text of a system message in front of every prompt.
    /// - Throws: an error that names the file and says what to do.
    public init(
        model: String, data: String, context: String?, maxNewTokens: Int, threads: Int, precision: Precision
    ) throws {
        folder = try ModelPair.inFolder(model) { try ModelFolder(path: model) }
        guard folder.config.isLanguageModel else {
            throw AuditError("\(model)/config.json: this is no language model; assay predict runs classifiers")
        }
        let language = try LanguageModelSource(folder: folder).load()
        let tokenizer = try folder.tokenizer()
        try language.causal.check(tokenizer, folder: model)
        writer = try PromptWriter(folder, tokenizer: tokenizer, context: context, seed: 0)
        endIDs = try writer.endIDs(folder)
        generator = Generator(language, workers: Workers(threads: threads), precision: precision)
        let file = try InputFile(path: data)
        pairs = try PromptPairs.read(bytes: file.bytes(), file: file.name, needsResponses: false)
        self.maxNewTokens = maxNewTokens
    }

    /// An answer to each prompt, always the likeliest token, in the order of the file.
    public func answers() throws -> [Answer] {
        let prompts = try pairs.map { try writer.ids($0) }
        if let place = prompts.firstIndex(where: { $0.count >= generator.maxPositions }) {
            throw AuditError(
                "row \(pairs[place].row): the prompt has \(prompts[place].count) tokens, and the model has "
                    + "\(generator.maxPositions) positions; shorten it")
        }
        let found = generator.continuations(
            prompts, Generator.Options(maxNewTokens: maxNewTokens, endIDs: endIDs))
        let scores = generator.logProbabilities(zip(prompts, found).map { ($0, $1) })
        try folder.verifyUnchanged()
        return pairs.indices.map { place in
            Answer(
                row: pairs[place].row, ids: found[place], text: writer.tokenizer.decoded(found[place]),
                logProbability: scores[place].reduce(0, +))
        }
    }
}
