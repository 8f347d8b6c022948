/// Makes the tokenizer that a model folder's files describe.
public enum TokenizerLoader {
    /// The tokenizer that transformers' `AutoTokenizer` would make of `files`.
    ///
    /// tokenizer.json goes before vocab.txt. For the class `BertTokenizer` (and its other names), normalizer and
    /// special tokens come from tokenizer_config.json as in transformers, and `Tokenizer.notes` says where
    /// tokenizer.json differs. Padding settings have no effect: inputs are never padded here.
    public static func load(_ files: TokenizerFiles) throws(TokenizerError) -> any Tokenizer {
        let settings = try TokenizerSettings(files)
        let tokenizerClass = TokenizerClass(name: settings.className, modelType: files.modelType)
        var notes: [String] = []
        var definition: TokenizerDefinition
        let isBertTokenizer: Bool
        if let bytes = files.tokenizerJSON {
            definition = try TokenizerDefinition(tokenizerJSON: bytes, file: files.path("tokenizer.json"))
            isBertTokenizer = try rebuildsBert(definition, settings, tokenizerClass, files)
            if isBertTokenizer { definition.followBertTokenizer(settings, notes: &notes) }
            if let text = files.vocabularyText { definition.compare(withVocabularyText: text, notes: &notes) }
        } else if let bytes = files.vocabularyText {
            let file = files.path("vocab.txt")
            definition = try TokenizerDefinition(vocabularyText: bytes, settings: settings, file: file)
            isBertTokenizer = true
        } else if let vocabulary = files.vocabularyJSON, let merges = files.mergesText {
            definition = try TokenizerDefinition(
                vocabularyJSON: vocabulary, merges: merges, class: BytePairClass(settings, files), settings: settings,
                files)
            isBertTokenizer = false
        } else {
            throw missing(files)
        }
        try Growth.check(definition.normalizer, definition.preTokenizer, file: definition.file)
        let defaults = isBertTokenizer ? TokenizerSettings.bertNames : definition.defaultNames
        definition.addTokens(of: settings, defaults: defaults, notes: &notes)
        return try makeTokenizer(definition, settings, tokenizerClass, usesBertTemplate: isBertTokenizer, notes: notes)
    }

    private static func missing(_ files: TokenizerFiles) -> TokenizerError {
        guard let model = files.sentencePieceModel else {
            return TokenizerError(
                .missingFile, file: files.folderName,
                reason: "the folder has neither tokenizer.json, vocab.txt, nor vocab.json with merges.txt; add the "
                    + "tokenizer's files")
        }
        return TokenizerError(
            .missingFile, file: files.path(model),
            reason:
                "a SentencePiece model alone is not read; load the folder once with transformers' AutoTokenizer and save "
                + "it with save_pretrained, which writes tokenizer.json")
    }

    /// Whether the folder's class is `BertTokenizer`, which only a WordPiece model can have.
    private static func rebuildsBert(
        _ definition: TokenizerDefinition, _ settings: TokenizerSettings, _ tokenizerClass: TokenizerClass,
        _ files: TokenizerFiles
    ) throws(TokenizerError) -> Bool {
        if case .wordPiece = definition.model { return tokenizerClass.rebuildsBert }
        if tokenizerClass.rebuildsBert, let name = settings.className {
            throw TokenizerError(
                .unsupportedComponent, file: files.path("tokenizer_config.json"),
                reason:
                    "tokenizer_class \(quoted(name)) needs a WordPiece model, which tokenizer.json does not have; name "
                    + "the class that the tokenizer was saved from")
        }
        return false
    }

    private static func makeTokenizer(
        _ definition: TokenizerDefinition, _ settings: TokenizerSettings, _ tokenizerClass: TokenizerClass,
        usesBertTemplate: Bool, notes: [String]
    ) throws(TokenizerError) -> any Tokenizer {
        let added = try AddedVocabulary(
            definition.addedTokens, vocabulary: definition.vocabulary, normalizer: definition.normalizer,
            leavesSpecialTokens: settings.leavesSpecialTokens, file: definition.file)
        var notes = notes
        var postProcessor = try definition.postProcessor.map { node throws(TokenizerError) in
            try PostProcessor(node, vocabulary: definition.vocabulary, added: added)
        }
        if let names = definition.robertaNames {
            postProcessor = .roberta(
                cls: try id(of: settings.special("cls_token", default: names.cls), definition, added),
                sep: try id(of: settings.special("sep_token", default: names.sep), definition, added))
        }
        if usesBertTemplate {
            let template = try bertTemplate(definition, settings, added)
            if let postProcessor, postProcessor != template {
                notes.append(
                    "\(definition.file) has another post-processor than BertTokenizer makes; the latter is used")
            }
            postProcessor = template
        }
        let template = postProcessor ?? .none
        func pipeline<Model: SubwordModel>(_ model: Model, boundary: [UInt8]? = nil) -> any Tokenizer {
            var preTokenizer = definition.preTokenizer
            preTokenizer.leavesBytes = Model.self == BytePairEncoding.self && preTokenizer.endsInBytes
            if let boundary { preTokenizer.steps.append(.runs(of: boundary)) }
            return PipelineTokenizer(
                model: model, normalizer: definition.normalizer, preTokenizer: preTokenizer, added: added,
                postProcessor: template, truncationSide: settings.truncationSide ?? definition.truncationSide,
                maxLength: settings.maxLength ?? definition.maxLength,
                usesTypeIDs: settings.inputNames.map { $0.contains("token_type_ids") }
                    ?? (tokenizerClass.usesTypeIDs && (settings.className != nil || usesBertTemplate)), notes: notes)
        }
        let (vocabulary, file) = (definition.vocabulary, definition.file)
        switch definition.model {
        case .wordPiece(let settings): return pipeline(try WordPiece(vocabulary, settings: settings, file: file))
        case .bytePairs(let settings):
            let model = try BytePairEncoding(
                vocabulary, settings: settings, wordsAreBytes: definition.preTokenizer.endsInBytes, file: file)
            return pipeline(model, boundary: model.boundary)
        case .unigram(let settings): return pipeline(try Unigram(vocabulary, settings: settings, file: file))
        }
    }

    private static func bertTemplate(
        _ definition: TokenizerDefinition, _ settings: TokenizerSettings, _ added: AddedVocabulary
    ) throws(TokenizerError) -> PostProcessor {
        .bert(
            cls: try id(of: settings.special("cls_token", default: "[CLS]"), definition, added),
            sep: try id(of: settings.special("sep_token", default: "[SEP]"), definition, added))
    }

    private static func id(
        of token: String, _ definition: TokenizerDefinition, _ added: AddedVocabulary
    ) throws(TokenizerError) -> Int32 {
        guard let id = added.id(of: token) ?? definition.vocabulary.id(of: token) else {
            throw TokenizerError(
                .missingSpecialToken, file: definition.file,
                reason: "the special token \(quoted(token)) is not in the vocabulary; add it")
        }
        return Int32(truncatingIfNeeded: id)
    }
}
