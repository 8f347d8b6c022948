import Testing
import Tokenizers

@testable import Probes

@Suite struct SearchVocabularyTests {
    /// Whether a text with the token's string put into it has exactly this token there.
    private func isInserted(_ id: Int, _ vocabulary: SearchVocabulary, _ tokenizer: any Tokenizer) throws -> Bool {
        let text = try #require(vocabulary.text(id))
        let insertion = TriggerInsertion(tokenizer: tokenizer, maxLength: 32, seed: 1)
        let trigger = Trigger(text: text, ids: [Int32(id)], placement: .start)
        let encoding = insertion.insert(trigger, into: Fixtures.text(3))
        return insertion.isRealisable(trigger) && encoding.ids.dropFirst().first == Int32(id)
    }

    @Test func `a special token is what its literal gives`() throws {
        let tokenizer = try Fixtures.tokenizer()
        let vocabulary = SearchVocabulary(tokenizer)
        let mask = try #require(tokenizer.id(of: "[MASK]"))
        #expect(vocabulary.special.contains(mask) && vocabulary.text(mask) == "[MASK]")
        for id in vocabulary.special {
            #expect(tokenizer.specialIDs.contains(id))
            #expect(try isInserted(id, vocabulary, tokenizer), "\(id)")
        }
        #expect(Set(vocabulary.special).isDisjoint(with: vocabulary.insertable))
    }

    @Test func `the unknown token is what a rare character gives`() throws {
        // Without its added token, the literal is cut at its brackets.
        let tokenizer = try Fixtures.tokenizer(without: ["[UNK]"])
        let unknown = try #require(tokenizer.id(of: "[UNK]"))
        try #require(tokenizer.piecesBetweenSpaces("[UNK]") != [Int32(unknown)])
        let vocabulary = SearchVocabulary(tokenizer, special: tokenizer.specialIDs.union([unknown]))
        let text = try #require(vocabulary.text(unknown))
        #expect(
            vocabulary.special.contains(unknown) && text.count == 1 && text.unicodeScalars.allSatisfy { !$0.isASCII })
        #expect(try isInserted(unknown, vocabulary, tokenizer))
    }

    @Test func `a special token that no text gives is not searched`() throws {
        let tokenizer = try Fixtures.tokenizer(without: ["[MASK]"])
        let mask = try #require(tokenizer.id(of: "[MASK]"))
        let vocabulary = SearchVocabulary(tokenizer, special: tokenizer.specialIDs.union([mask]))
        #expect(!vocabulary.special.contains(mask) && vocabulary.text(mask) == nil)
        #expect(!vocabulary.insertable.contains(mask))
    }
}
