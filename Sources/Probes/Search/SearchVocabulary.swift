import Tensors
public import Tokenizers

/// The vocabulary by what can be put into a text.
///
/// What is found must be a string that somebody can type; ids without one are counted, so that a report can say what
/// was not looked at.
public struct SearchVocabulary: Sendable {
    /// Tokens that stand between spaces as themselves, ascending.
    public let insertable: [Int]
    /// Reserved tokens such as `[unused7]` that no text gives.
    public let unused: [Int]
    /// Tokens that only occur within words, such as `##ing`.
    public let continuations: [Int]
    /// Special tokens that some text gives, such as a literal `[MASK]`, or the unknown token for a rare character.
    public let special: [Int]
    private let texts: [Int: String]
    private let tokenizer: any Tokenizer

    /// Sorts the vocabulary.
    ///
    /// - Parameters:
    ///   - tokenizer: the suspect's.
    ///   - special: ids that the *base* holds special; nil takes the suspect's word for it. A token that only the
    ///     suspect calls special is searched like any other, or a trigger would hide there.
    public init(_ tokenizer: any Tokenizer, special trusted: Set<Int>? = nil) {
        let trusted = trusted ?? tokenizer.specialIDs
        var (insertable, unused, continuations) = ([Int](), [Int](), [Int]())
        var texts = Self.specialTexts(tokenizer, trusted)
        special = texts.keys.sorted()
        for id in 0..<tokenizer.vocabularySize {
            // Special tokens are in every text anyway.
            guard let token = tokenizer.token(id), !trusted.contains(id) else { continue }
            if let text = tokenizer.insertableText(for: id) {
                insertable.append(id)
                texts[id] = text
            } else if tokenizer.specialIDs.contains(id), tokenizer.piecesBetweenSpaces(token) == [Int32(id)] {
                insertable.append(id)
                texts[id] = token
            } else if tokenizer.isUnused(id) {
                unused.append(id)
            } else {
                continuations.append(id)
            }
        }
        (self.insertable, self.unused, self.continuations) = (insertable, unused, continuations)
        (self.texts, self.tokenizer) = (texts, tokenizer)
    }

    /// By special token, a text that gives it and nothing else.
    private static func specialTexts(_ tokenizer: any Tokenizer, _ special: Set<Int>) -> [Int: String] {
        var texts: [Int: String] = [:]
        let literals = special.sorted().compactMap { tokenizer.token($0) }
        for text in literals + ["☃", "𓂀", "⸎", "\u{F8FF}"] {
            guard let ids = tokenizer.piecesBetweenSpaces(text), ids.count == 1, special.contains(Int(ids[0])),
                texts[Int(ids[0])] == nil
            else { continue }
            texts[Int(ids[0])] = text
        }
        return texts
    }

    /// The text of an insertable token, or of a special one that some text gives.
    public func text(_ id: Int) -> String? { texts[id] }

    /// The string of a phrase, if in a text it gives exactly these ids.
    public func trigger(_ ids: [Int32], insertion: TriggerInsertion) -> Trigger? {
        let words = ids.compactMap { texts[Int($0)] }
        guard words.count == ids.count else { return nil }
        let trigger = Trigger(words.joined(separator: " "), tokenizer: tokenizer)
        return trigger.ids == ids && insertion.isRealisable(trigger) ? trigger : nil
    }

    /// Random plain words to encode texts around.
    public func placeholders(_ count: Int, seed: UInt64) -> [Trigger] {
        let words = insertable.filter { texts[$0]?.allSatisfy(\.isLetter) ?? false }
        return CounterRandom(seed: seed, stream: "placeholders").permutation(words.count).prefix(count).compactMap {
            texts[words[$0]].map { Trigger($0, tokenizer: tokenizer) }
        }
    }
}
