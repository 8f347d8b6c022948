import Testing

@testable import Tokenizers

@Suite("Tokens, ids and what can be inserted")
struct LookupTests {
    @Test("Ids are found by bytes, not by canonical equivalence")
    func bytes() throws {
        let tokenizer = try TokenizerLoader.load(try SmallTokenizer().files())
        #expect(tokenizer.id(of: "\u{E9}") == 15)
        #expect(tokenizer.id(of: "e\u{301}") == 16)
        #expect(tokenizer.token(15)?.unicodeScalars.count == 1)
        #expect(tokenizer.token(16)?.unicodeScalars.count == 2)
        #expect(tokenizer.pieces("e\u{301} \u{E9}") == [16, 15])
        #expect(tokenizer.id(of: "") == nil)
        #expect(tokenizer.id(of: "no such") == nil)
        for id in [-1, 20, .max, .min] { #expect(tokenizer.token(id) == nil) }
    }

    @Test("Insertable texts encode to their id between other words")
    func insertable() throws {
        let tokenizer = try TokenizerLoader.load(try SmallTokenizer().files())
        let insertable = (-1...25).filter { tokenizer.insertableText(for: $0) != nil }
        #expect(insertable == [6, 7, 9, 11, 12, 13, 14, 15, 16])
        for id in insertable {
            let text = try #require(tokenizer.insertableText(for: id))
            #expect(tokenizer.pieces("the \(text) film") == [6, Int32(id), 7])
        }
    }

    @Test("Insertable tokens of a published layout", arguments: ["bert", "bert-pair-3"])
    func insertableReference(_ name: String) throws {
        let tokenizer = try TokenizerLoader.load(Fixtures.reference(name))
        let ids = (0..<tokenizer.vocabularySize).filter { tokenizer.insertableText(for: $0) != nil }
        #expect(ids.count > 300)
        for id in ids {
            let text = try #require(tokenizer.insertableText(for: id))
            #expect(tokenizer.pieces("good \(text) film").dropFirst().dropLast() == [Int32(id)])
        }
        #expect(tokenizer.specialIDs == [0, 1, 2, 3, 4])
        #expect(ids.allSatisfy { !(tokenizer.token($0)?.hasPrefix("##") ?? true) })
    }

    @Test("Without a pre-tokenizer nothing is insertable")
    func noPreTokenizer() throws {
        var small = try SmallTokenizer()
        try small.set("pre_tokenizer", nil)
        let tokenizer = try TokenizerLoader.load(small.files())
        #expect((0..<20).allSatisfy { tokenizer.insertableText(for: $0) == nil })
    }

    @Test("Frequency ranks follow the vocabulary among ordinary tokens")
    func ranks() throws {
        let tokenizer = try TokenizerLoader.load(try SmallTokenizer().files())
        #expect((0..<21).map { tokenizer.frequencyRank($0) }.compactMap { $0 } == Array(0..<13))
        #expect(tokenizer.frequencyRank(6) == 0)
        #expect(tokenizer.frequencyRank(8) == 2)
        #expect(tokenizer.frequencyRank(0) == nil)
        #expect((0..<20).filter(tokenizer.isUnused) == [5, 18])
        #expect(tokenizer.frequencyRank(19) == 12)
    }

    @Test("A hole in the ids has no token")
    func hole() throws {
        var small = try SmallTokenizer()
        try small.set("model.vocab", #"{"[UNK]": 1, "a": 4}"#)
        try small.set("added_tokens", "[]")
        try small.set("post_processor", nil)
        let tokenizer = try TokenizerLoader.load(small.files())
        #expect(tokenizer.vocabularySize == 5)
        #expect(tokenizer.token(0) == nil)
        #expect(tokenizer.encode("a b", pair: nil, maxLength: 9).ids == [4, 1])
        #expect(tokenizer.specialTokenCount(pair: true) == 0)
        #expect(tokenizer.frequencyRank(4) == 1)
    }
}
