/// The bytes of a model folder's tokenizer files; `nil` for a file the folder lacks.
public struct TokenizerFiles: Sendable {
    /// tokenizer.json.
    public var tokenizerJSON: [UInt8]?
    /// tokenizer_config.json.
    public var tokenizerConfig: [UInt8]?
    /// vocab.txt; only read when there is no tokenizer.json, otherwise compared with it.
    public var vocabularyText: [UInt8]?
    /// vocab.json, only read with merges.txt when there is no tokenizer.json.
    public var vocabularyJSON: [UInt8]?
    /// merges.txt.
    public var mergesText: [UInt8]?
    /// The name of a SentencePiece model in the folder, which is not read.
    public var sentencePieceModel: String?
    /// special_tokens_map.json.
    public var specialTokensMap: [UInt8]?
    /// added_tokens.json, an older companion of vocab.txt.
    public var addedTokens: [UInt8]?
    /// `model_type` of config.json: decides the tokenizer's class when tokenizer_config.json names none.
    public var modelType: String?
    /// The folder's name, for errors.
    public var folderName: String

    /// The files of `folderName`.
    public init(
        folderName: String, tokenizerJSON: [UInt8]? = nil, tokenizerConfig: [UInt8]? = nil,
        vocabularyText: [UInt8]? = nil, vocabularyJSON: [UInt8]? = nil, mergesText: [UInt8]? = nil,
        sentencePieceModel: String? = nil, specialTokensMap: [UInt8]? = nil, addedTokens: [UInt8]? = nil,
        modelType: String? = nil
    ) {
        self.folderName = folderName
        self.tokenizerJSON = tokenizerJSON
        self.tokenizerConfig = tokenizerConfig
        self.vocabularyText = vocabularyText
        self.vocabularyJSON = vocabularyJSON
        self.mergesText = mergesText
        self.sentencePieceModel = sentencePieceModel
        self.specialTokensMap = specialTokensMap
        self.addedTokens = addedTokens
        self.modelType = modelType
    }

    /// Names that SentencePiece models go by.
    public static let sentencePieceNames = ["tokenizer.model", "spiece.model", "sentencepiece.bpe.model", "spm.model"]

    /// The name of a file of the folder, for errors.
    func path(_ file: String) -> String { "\(folderName)/\(file)" }
}
