extension TokenizerLoader {
    /// Loads a tokenizer.json from anywhere and uses it on a few texts: nothing in it may trap, whatever the bytes are.
    ///
    /// - Returns: whether it was accepted.
    @discardableResult
    public static func exercise(tokenizerJSON bytes: [UInt8]) -> Bool {
        let files = TokenizerFiles(
            folderName: "fuzz", tokenizerJSON: bytes,
            tokenizerConfig: Array(#"{"tokenizer_class": "PreTrainedTokenizerFast"}"#.utf8))
        guard let tokenizer = try? load(files) else { return false }
        for text in exerciseTexts {
            let encoding = tokenizer.encode(text, pair: "b c", maxLength: 12)
            for id in encoding.ids { _ = tokenizer.insertableText(for: Int(id)) }
        }
        for id in -1...min(tokenizer.vocabularySize, 64) { _ = tokenizer.frequencyRank(id) }
        return true
    }

    private static let exerciseTexts = [
        "", " ", "The film, isn't IT?\r\n\n  12345 a\u{301}e\u{301}",
        "\u{1F468}\u{200D}\u{1F469} \u{4F60}\u{AC00}\u{11A8}\u{0}",
        "<s>[MASK]<mask> \u{2581}x\u{FB01}\u{E000}", String(repeating: "a", count: 100),
    ]
}
