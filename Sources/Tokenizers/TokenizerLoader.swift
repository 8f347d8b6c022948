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
            isBertTokenizer = tokenizerClass.rebuildsBert
            if isBertTokenizer { definition.followBertTokenizer(settings, notes: &notes) }
            if let text = files.vocabularyText { definition.compare(withVocabularyText: text, notes: &notes) }
        } else if let bytes = files.vocabularyText {
            let file = files.path("vocab.txt")
            definition = try TokenizerDefinition(vocabularyText: bytes, settings: settings, file: file)
            isBertTokenizer = true
        } else {
            throw TokenizerError(
                .missingFile, file: files.folderName,
                reason: "the folder has neither tokenizer.json nor vocab.txt; add the tokenizer's files")
        }
        definition.addTokens(of: settings, isBertTokenizer: isBertTokenizer, notes: &notes)
        return try makeTokenizer(definition, settings, tokenizerClass, usesBertTemplate: isBertTokenizer, notes: notes)
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
        if usesBertTemplate {
            let template = try bertTemplate(definition, settings, added)
            if let postProcessor, postProcessor != template {
                notes.append(
                    "\(definition.file) has another post-processor than BertTokenizer makes; the latter is used")
            }
            postProcessor = template
        }
        let template = postProcessor ?? .none
        func pipeline(_ model: some SubwordModel, boundary: [UInt8]? = nil) -> any Tokenizer {
            var preTokenizer = definition.preTokenizer
            if let boundary { preTokenizer.steps.append(.runs(of: boundary)) }
            return PipelineTokenizer(
                model: model, normalizer: definition.normalizer, preTokenizer: preTokenizer, added: added,
                postProcessor: template, truncationSide: settings.truncationSide ?? definition.truncationSide,
                maxLength: settings.maxLength ?? definition.maxLength,
                usesTypeIDs: settings.inputNames.map { $0.contains("token_type_ids") } ?? tokenizerClass.usesTypeIDs,
                notes: notes)
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
        func id(_ key: String, _ name: String) throws(TokenizerError) -> Int32 {
            let token = settings.special(key, default: name)
            guard let id = added.id(of: token) ?? definition.vocabulary.id(of: token) else {
                throw TokenizerError(
                    .missingSpecialToken, file: definition.file,
                    reason: "the special token \(quoted(token)) is not in the vocabulary; add it")
            }
            return Int32(truncatingIfNeeded: id)
        }
        return .bert(cls: try id("cls_token", "[CLS]"), sep: try id("sep_token", "[SEP]"))
    }
}
