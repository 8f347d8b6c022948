public import Checkpoints
import StrictJSON
public import Tokenizers

extension ModelFolder {
    /// The folder's tokenizer; one that puts nothing around a text gives the end-of-text token for an empty one.
    ///
    /// - Throws: `TokenizerError`, `CheckpointError` or `ModelError`, naming the file.
    public func tokenizer() throws -> any Tokenizer {
        let tokenizer = try TokenizerLoader.load(tokenizerFiles())
        guard tokenizer.specialTokenCount(pair: false) == 0 else { return tokenizer }
        let stated = [config.json["eos_token_id"], config.json["bos_token_id"]].lazy.compactMap { entry in
            entry?.intValue ?? entry?.arrayValue?.first?.intValue
        }
        guard let id = stated.first ?? tokenizer.specialIDs.min(), (0..<tokenizer.vocabularySize).contains(id) else {
            throw ModelError(
                .tokenizerMismatch, file: name,
                detail: "the tokenizer puts no special token around a text, and config.json names no eos_token_id in "
                    + "its vocabulary to stand for an empty one; add it")
        }
        return NonEmptyTokenizer(tokenizer, endID: Int32(id))
    }

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
