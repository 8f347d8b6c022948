public import Checkpoints
public import Tokenizers

extension ModelFolder {
    /// The folder's tokenizer.
    ///
    /// - Throws: `TokenizerError` or `CheckpointError`, naming the file.
    public func tokenizer() throws -> any Tokenizer { try TokenizerLoader.load(tokenizerFiles()) }

    /// The files that the tokenizer is loaded from.
    public func tokenizerFiles() throws -> TokenizerFiles {
        TokenizerFiles(
            folderName: name, tokenizerJSON: try bytes(of: "tokenizer.json"),
            tokenizerConfig: try bytes(of: "tokenizer_config.json"), vocabularyText: try bytes(of: "vocab.txt"),
            vocabularyJSON: try bytes(of: "vocab.json"), mergesText: try bytes(of: "merges.txt"),
            sentencePieceModel: try TokenizerFiles.sentencePieceNames.first { try bytes(of: $0) != nil },
            specialTokensMap: try bytes(of: "special_tokens_map.json"),
            addedTokens: try bytes(of: "added_tokens.json"), modelType: config.modelType)
    }
}
