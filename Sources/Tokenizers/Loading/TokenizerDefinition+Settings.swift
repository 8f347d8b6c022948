extension TokenizerDefinition {
    /// Takes everything but the vocabulary from tokenizer_config.json, as transformers' `BertTokenizer` does.
    mutating func followBertTokenizer(_ settings: TokenizerSettings, notes: inout [String]) {
        let bert = Normalizer.bert(settings.bertNormalizer)
        let wordPiece = WordPiece.Settings(unknownToken: settings.special("unk_token", default: "[UNK]"))
        if !normalizer.isEquivalent(to: bert) {
            notes.append(difference("normalizer (lower case, accents, ideographs)"))
        }
        if preTokenizer != .bert { notes.append(difference("pre-tokenizer")) }
        if model != .wordPiece(wordPiece) {
            notes.append(difference("unknown token, continuation prefix or longest word"))
        }
        normalizer = bert
        preTokenizer = .bert
        model = .wordPiece(wordPiece)
        if settings.addedTokens != nil { addedTokens = [] }
    }

    /// Appends the added and special tokens of the settings, in the order in which transformers gives them ids.
    ///
    /// Tokens that `added_tokens_decoder` describes anew are replaced, those under a key become special, others stay.
    /// A token that is not in the vocabulary and has no id gets one behind it, which the model must have a row for.
    ///
    /// - Parameter defaults: names of special tokens under keys that the settings lack.
    mutating func addTokens(of settings: TokenizerSettings, defaults: [String: String], notes: inout [String]) {
        var places: [[UInt8]: Int] = [:]
        for (place, token) in addedTokens.enumerated() { places[Array(token.content.utf8)] = place }
        var tokens = addedTokens
        var appended: [String] = []
        func add(_ token: AddedToken, update: (inout AddedToken) -> Void) {
            if let place = places[Array(token.content.utf8)] {
                update(&tokens[place])
            } else {
                places[Array(token.content.utf8)] = tokens.count
                tokens.append(token)
                if token.id == nil, vocabulary.id(of: token.content) == nil { appended.append(token.content) }
            }
        }
        for token in settings.addedTokens ?? [] { add(token) { $0 = token } }
        for token in settings.namedSpecialTokens(defaults: defaults) { add(token) { $0.special = true } }
        for token in settings.extraSpecialTokens { add(token) { _ in } }
        addedTokens = tokens
        if let first = appended.first {
            notes.append(
                "special tokens are named that \(file) does not list: \(appended.count), the first \(quoted(first)); "
                    + "they get the ids after the vocabulary, as in transformers")
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

    private func difference(_ part: String) -> String {
        "\(file) and tokenizer_config.json disagree on the \(part); tokenizer_config.json is followed, as by BertTokenizer"
    }
}

extension Normalizer {
    /// Whether both make the same of every text.
    func isEquivalent(to other: Normalizer) -> Bool {
        guard case .bert(var left) = steps.first, case .bert(var right) = other.steps.first, steps.count == 1,
            other.steps.count == 1
        else { return self == other }
        left.stripsAccents = left.stripsAccents ?? left.lowercases
        right.stripsAccents = right.stripsAccents ?? right.lowercases
        return left == right
    }
}
