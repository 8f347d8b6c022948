internal import Tensors
public import Tokenizers

extension Network {
    /// Longest text, in tokens, that both the tokenizer and the positions allow.
    ///
    /// - Parameter tokenizer: its own limit counts when it states one; else 128.
    public func defaultMaxLength(_ tokenizer: any Tokenizer) -> Int {
        min(tokenizer.maxLength ?? 128, maxPositions)
    }

    /// Checks that every token, segment and special-token frame the tokenizer can give has embedding rows.
    public func check(_ tokenizer: any Tokenizer, folder: String) throws(ModelError) {
        let rows = wordEmbeddings.rows
        guard tokenizer.vocabularySize <= rows else {
            throw ModelError(
                .tokenizerMismatch, file: folder,
                detail: "the tokenizer gives ids up to \(tokenizer.vocabularySize - 1) but the word embeddings have "
                    + "\(rows) rows; use the tokenizer that belongs to this model")
        }
        let types = typeCount
        guard tokenizer.typeIDCount <= types || !tokenizer.usesTypeIDs else {
            throw ModelError(
                .tokenizerMismatch, file: folder,
                detail: "the tokenizer gives segment ids up to \(tokenizer.typeIDCount - 1) but the model has "
                    + "\(types) segments; use the tokenizer that belongs to this model")
        }
        let special = [false, true].map { tokenizer.specialTokenCount(pair: $0) }
        guard special[0] >= fewestSpecialTokens, special[1] <= maxPositions else {
            throw ModelError(
                .tokenizerMismatch, file: folder,
                detail: "the tokenizer puts \(special[0]) special tokens around a text and \(special[1]) around a "
                    + "pair, and the model needs from \(fewestSpecialTokens) to \(maxPositions); use the tokenizer "
                    + "that belongs to this model")
        }
    }
}

extension Network {
    /// Special tokens that a text must have: an encoder reads the first one, a causal network reads any last token.
    private var fewestSpecialTokens: Int { self is any CausalArchitecture ? 0 : 1 }
}
