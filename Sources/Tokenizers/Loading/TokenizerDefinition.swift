import StrictJSON

/// A tokenizer as its files describe it, before its parts are checked against each other.
struct TokenizerDefinition {
    /// The file that the vocabulary comes from, for errors.
    var file: String
    var normalizer: Normalizer
    var preTokenizer: PreTokenizer
    /// The post-processor's object in tokenizer.json; `nil` for none.
    var postProcessor: JSONNode?
    /// Tokens and ids of the model, in file order.
    var vocabulary: Vocabulary
    var model: SubwordSettings
    /// Added tokens in file order.
    var addedTokens: [AddedToken]
    /// `truncation.max_length` of tokenizer.json.
    var maxLength: Int?
    var truncationSide: TruncationSide?
    /// Special tokens that the folder's class has where the settings name none.
    var defaultNames: [String: String] = [:]
    /// Special tokens of RoBERTa's post-processor, where the folder's class makes it.
    var robertaNames: (cls: String, sep: String)?
}

extension TokenizerDefinition {
    /// What tokenizer.json describes.
    init(tokenizerJSON bytes: [UInt8], file: String) throws(TokenizerError) {
        let root = try JSONNode(parsing: bytes, file: file)
        if root.value("version") != nil, try root.string("version") != "1.0" {
            throw root.invalid("version", "must be 1.0, the only version of the format")
        }
        self.file = file
        normalizer = try Normalizer(root.optionalNode("normalizer"))
        preTokenizer = try PreTokenizer(root.optionalNode("pre_tokenizer"))
        postProcessor = try root.optionalNode("post_processor")
        let model = try root.node("model")
        self.model = try SubwordSettings(model)
        vocabulary = try Vocabulary(SubwordSettings.entries(model), file: file)
        addedTokens = []
        for node in try root.nodes("added_tokens") {
            addedTokens.append(try AddedToken(node, id: node.integer("id", in: 0...Int(Int32.max))))
        }
        if let truncation = try root.optionalNode("truncation") {
            maxLength = try truncation.integer("max_length", in: 0...Int(UInt32.max))
            if truncation.value("direction") != nil {
                truncationSide = TruncationSide(rawValue: try truncation.string("direction").lowercased())
                if truncationSide == nil { throw truncation.invalid("direction", "must be Left or Right") }
            }
        }
    }
}

extension TokenizerDefinition {
    /// The largest vocab.txt that is read, in bytes.
    static let longestVocabularyText = 64 << 20

    /// What vocab.txt describes: one token a line, its id the number of lines before it.
    ///
    /// White space at the end of a line is not part of the token.
    init(vocabularyText bytes: [UInt8], settings: TokenizerSettings, file: String) throws(TokenizerError) {
        guard bytes.count <= Self.longestVocabularyText else {
            throw TokenizerError(
                .tooLarge, file: file,
                reason: "the file is larger than \(Self.longestVocabularyText) bytes; a vocabulary is far smaller")
        }
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw TokenizerError(.invalidUTF8, file: file, reason: "the file is not UTF-8 text; get it again")
        }
        var lines = text.utf8.split(separator: 0x0A, omittingEmptySubsequences: false)
        if lines.last?.isEmpty ?? false { lines.removeLast() }
        let entries = lines.enumerated().map { id, line in
            var scalars = String(Substring(line)).unicodeScalars
            while let last = scalars.last, last.properties.isWhitespace { scalars.removeLast() }
            return (token: String(scalars), id: id)
        }
        self.file = file
        vocabulary = try Vocabulary(entries, file: file)
        normalizer = .bert(settings.bertNormalizer)
        preTokenizer = .bert
        model = .wordPiece(WordPiece.Settings(unknownToken: settings.special("unk_token", default: "[UNK]")))
        addedTokens = []
    }
}

extension TokenizerSettings {
    /// The normalizer that `BertTokenizer` makes of its settings.
    var bertNormalizer: BertNormalizer {
        BertNormalizer(
            cleansText: true, separatesIdeographs: separatesIdeographs, stripsAccents: stripsAccents,
            lowercases: lowercases)
    }
}
