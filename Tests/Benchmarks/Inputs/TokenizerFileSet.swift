import Checkpoints
import Sentences
import StrictJSON

/// The tokenizer files of a generated model.
struct TokenizerFileSet {
    let files: [(name: String, bytes: [UInt8])]
    /// Rows that word embeddings need.
    let vocabularySize: Int

    /// A generated WordPiece tokenizer.
    static func synthetic() -> TokenizerFileSet {
        var config = JSONObject()
        config["tokenizer_class"] = .string("BertTokenizer")
        config["do_lower_case"] = .bool(true)
        config["model_max_length"] = .integer(512)
        for (key, token) in [
            ("cls_token", "[CLS]"), ("mask_token", "[MASK]"), ("pad_token", "[PAD]"), ("sep_token", "[SEP]"),
            ("unk_token", "[UNK]"),
        ] { config[key] = .string(token) }
        let tokens = SyntheticVocabulary.tokens
        return TokenizerFileSet(
            files: [
                ("tokenizer.json", SampleLanguage.tokenizerJSON(vocabulary: tokens)),
                ("tokenizer_config.json", JSONValue.object(config).serialized(indentation: 2)),
                ("vocab.txt", SampleLanguage.vocabularyText(tokens)),
            ], vocabularySize: tokens.count)
    }

    /// The files of an existing model, so that its texts mean the same to a generated one.
    static func copied(from path: String) throws -> TokenizerFileSet {
        let folder = try ModelFolder(path: path)
        return TokenizerFileSet(
            files: try ModelFolder.tokenizerFiles.compactMap { name in
                try folder.bytes(of: name).map { (name, $0) }
            }, vocabularySize: try folder.config.integer("vocab_size", in: 1...10_000_000))
    }
}
