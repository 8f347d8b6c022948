import StrictJSON
public import Tokenizers

/// Compares two models' tokenizers: a swap of two ids flips predictions with identical weights.
public enum TokenizerComparison {
    /// Everything that differs: vocabulary, special tokens, settings, and how a few hard texts are encoded.
    ///
    /// - Parameters:
    ///   - suspect: the suspect's tokenizer.
    ///   - suspectFiles: the files that it was loaded from.
    ///   - base: the base's tokenizer.
    ///   - baseFiles: the files that it was loaded from.
    public static func differences(
        suspect: some Tokenizer, suspectFiles: TokenizerFiles, base: some Tokenizer, baseFiles: TokenizerFiles
    ) -> [SettingDifference] {
        vocabulary(suspect, base) + specialTokens(suspect, base)
            + model(suspectFiles.tokenizerJSON, baseFiles.tokenizerJSON)
            + settings(
                suspectFiles.tokenizerJSON, baseFiles.tokenizerJSON, file: "tokenizer.json", prepare: pipeline,
                bookkeeping: ["decoder", "padding", "truncation", "version"])
            + settings(
                suspectFiles.tokenizerConfig, baseFiles.tokenizerConfig, file: "tokenizer_config.json",
                prepare: { $0 }, bookkeeping: configBookkeeping)
            + specialTokensMap(suspectFiles, baseFiles)
            + contradictions(suspect, suspectFiles, base, baseFiles)
            + encodings(suspect, base)
    }

    /// Differing ids listed one by one; further ones are counted.
    static let listedIDs = 20

    /// Ids that stand for another token, compared by UTF-8 bytes.
    static func vocabulary(_ suspect: some Tokenizer, _ base: some Tokenizer) -> [SettingDifference] {
        let differing = (0..<max(0, suspect.vocabularySize, base.vocabularySize)).filter { id in
            switch (suspect.token(id), base.token(id)) {
            case (nil, nil): false
            case (let a?, let b?): !a.utf8.elementsEqual(b.utf8)
            default: true
            }
        }
        return listed(
            differing, .vocabulary, field: "vocabulary",
            summary: "\(differing.count) ids stand for other tokens than in the base"
        ) { (suspect.token($0), base.token($0)) }
    }

    /// Ids that are special in one model alone.
    static func specialTokens(_ suspect: some Tokenizer, _ base: some Tokenizer) -> [SettingDifference] {
        let (ours, theirs) = (suspect.specialIDs, base.specialIDs)
        let differing = ours.symmetricDifference(theirs).sorted()
        return listed(
            differing, .specialToken, field: "special token",
            summary: "\(differing.count) are special in one model alone"
        ) { (ours.contains($0) ? suspect.token($0) : nil, theirs.contains($0) ? base.token($0) : nil) }
    }

    /// The first differing places one by one, and in front of them how many there are if they are more.
    static func listed(
        _ places: [Int], _ subject: SettingDifference.Subject, field: String, summary: String,
        values: (Int) -> (suspect: String?, base: String?)
    ) -> [SettingDifference] {
        var result: [SettingDifference] = []
        if places.count > listedIDs {
            result.append(
                SettingDifference(
                    subject, field: field, suspect: summary, base: nil, material: true,
                    unlisted: places.count - listedIDs))
        }
        for place in places.prefix(listedIDs) {
            let (ours, theirs) = values(place)
            result.append(
                SettingDifference(
                    subject, field: "\(field)[\(place)]", suspect: ours, base: theirs, material: true))
        }
        return result
    }

    /// Texts with case, accents, scripts, punctuation and control characters, on which tokenizers tend to differ.
    static let hardTexts = [
        "The QUICK brown fox, isn't it?", "naïve Café Ångström Øre ß İI ı", "e\u{301}a\u{30A}", "東京 한국어 தமிழ் ไทย",
        "a\u{200B}b\u{00A0}c\u{FEFF}d\tE\r\nf", "tl;dr: 3.14 -- $5 (50%) #tag @me http://x.y/z", "😀👍🏽 ﬁ Ⅳ ½ ＡＢ",
        "[CLS] [MASK] <s> </s> ##ing", "we're WE'LL 2026 x1y2\n\n  def f(x):", "antidisestablishmentarianism",
        "  two  spaces  ", "\u{7}\u{0}x\u{85}y", "",
    ]

    /// The hard texts whose ids differ, three at most; also covers tokenizers stored in different files.
    static func encodings(_ suspect: some Tokenizer, _ base: some Tokenizer) -> [SettingDifference] {
        let texts = hardTexts.map { ($0, String?.none) } + [("Question one?", "Answer two.")]
        let differences = texts.lazy.compactMap { text, pair -> SettingDifference? in
            let a = suspect.encode(text, pair: pair, maxLength: 128)
            let b = base.encode(text, pair: pair, maxLength: 128)
            if a == b { return nil }
            func short(_ encoding: Encoding) -> String {
                let types = a.ids == b.ids ? " with segments \(encoding.typeIDs)" : ""
                return "\(encoding.ids)" + types
            }
            return SettingDifference(
                .encoding, field: "ids of \"\(text)\"", suspect: short(a), base: short(b), material: true)
        }
        return Array(differences.prefix(3))
    }
}
