/// The bytes of a model folder's tokenizer files; `nil` for a file the folder lacks.
public struct TokenizerFiles: Sendable {
    /// tokenizer.json.
    public var tokenizerJSON: [UInt8]?
    /// tokenizer_config.json.
    public var tokenizerConfig: [UInt8]?
    /// vocab.txt; only read when there is no tokenizer.json, otherwise compared with it.
    public var vocabularyText: [UInt8]?
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
        vocabularyText: [UInt8]? = nil, specialTokensMap: [UInt8]? = nil, addedTokens: [UInt8]? = nil,
        modelType: String? = nil
    ) {
        self.folderName = folderName
        self.tokenizerJSON = tokenizerJSON
        self.tokenizerConfig = tokenizerConfig
        self.vocabularyText = vocabularyText
        self.specialTokensMap = specialTokensMap
        self.addedTokens = addedTokens
        self.modelType = modelType
    }

    /// The name of a file of the folder, for errors.
    func path(_ file: String) -> String { "\(folderName)/\(file)" }
}
