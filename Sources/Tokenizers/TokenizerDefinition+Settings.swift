extension TokenizerDefinition {
    /// Takes everything but the vocabulary from tokenizer_config.json, as transformers' `BertTokenizer` does.
    mutating func followBertTokenizer(_ settings: TokenizerSettings, notes: inout [String]) {
        let bert = Normalizer.bert(settings.bertNormalizer)
        let model = WordPiece.Settings(unknownToken: settings.special("unk_token", default: "[UNK]"))
        if !normalizer.isEquivalent(to: bert) {
            notes.append(difference("normalizer (lower case, accents, ideographs)"))
        }
        if preTokenizer != .bert { notes.append(difference("pre-tokenizer")) }
        if wordPiece != model { notes.append(difference("unknown token, continuation prefix or longest word")) }
        normalizer = bert
        preTokenizer = .bert
        wordPiece = model
        if settings.addedTokens != nil { addedTokens = [] }
    }

    /// Appends the added and special tokens of the settings; those that the settings describe anew are replaced.
    ///
    /// A special token that is named but has no id and no place in the vocabulary is left out with a note: its id
    /// would lie beyond the model's embedding rows.
    /// For `BertTokenizer`, its default names count where the settings name no token.
    mutating func addTokens(of settings: TokenizerSettings, isBertTokenizer: Bool, notes: inout [String]) {
        for token in settings.addedTokens ?? [] {
            if let place = place(of: token) { addedTokens[place] = token } else { addedTokens.append(token) }
        }
        let named = TokenizerSettings.specialTokenKeys.compactMap { settings.specialTokens[$0.key] }
        for token in named + settings.extraSpecialTokens where place(of: token) == nil {
            if vocabulary.id(of: token.content) != nil {
                addedTokens.append(token)
            } else {
                notes.append("the special token \(quoted(token.content)) is not in the vocabulary of \(file)")
            }
        }
        guard isBertTokenizer else { return }
        for (key, name) in TokenizerSettings.specialTokenKeys where settings.specialTokens[key] == nil {
            guard let token = name.map(AddedToken.init(special:)), vocabulary.id(of: token.content) != nil else {
                continue
            }
            if place(of: token) == nil { addedTokens.append(token) }
        }
    }

    /// Notes whether vocab.txt, which some programs read instead, gives other ids.
    func compare(withVocabularyText bytes: [UInt8], notes: inout [String]) {
        let lines = bytes.split(separator: 0x0A, omittingEmptySubsequences: false)
        let trimmed = lines.map { $0.last == 0x0D ? $0.dropLast() : $0 }
        let different = trimmed.enumerated().count { id, line in
            !line.isEmpty && vocabulary.trie.value(of: line).map(Int.init) != id
        }
        if different > 0 {
            notes.append("vocab.txt gives \(different) tokens another id than \(file) does; the latter is used")
        }
    }

    private func place(of token: AddedToken) -> Int? {
        addedTokens.firstIndex { $0.content.utf8.elementsEqual(token.content.utf8) }
    }

    private func difference(_ part: String) -> String {
        "\(file) and tokenizer_config.json disagree on the \(part); tokenizer_config.json is followed, as by BertTokenizer"
    }
}

extension Normalizer {
    /// Whether both make the same of every text.
    func isEquivalent(to other: Normalizer) -> Bool {
        guard case .bert(var left) = self, case .bert(var right) = other else { return self == other }
        left.stripsAccents = left.stripsAccents ?? left.lowercases
        right.stripsAccents = right.stripsAccents ?? right.lowercases
        return left == right
    }
}
