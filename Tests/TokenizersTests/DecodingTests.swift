import Testing

@testable import Tokenizers

@Suite struct DecodingTests {
    @Test(arguments: ["Why is it so?", " two  spaces\n and a line", "naïve – ☃ 12,5 €"])
    func `bytes give back their text`(text: String) throws {
        let tokenizer = try TokenizerLoader.load(try Fixtures.reference("llama-causal"))
        #expect(tokenizer.decoded(tokenizer.pieces(text)) == text)
    }

    @Test func `special tokens and ids outside the vocabulary give nothing`() throws {
        let tokenizer = try TokenizerLoader.load(try Fixtures.reference("llama-causal"))
        let end = try #require(tokenizer.specialIDs.min())
        #expect(tokenizer.decoded([Int32(end), -1, 99_999]) == "")
        #expect(tokenizer.decoded(tokenizer.pieces("one") + [Int32(end)]) == "one")
    }

    @Test func `words without marked spaces are put apart`() throws {
        let tokenizer = try TokenizerLoader.load(try Fixtures.reference("bert"))
        #expect(tokenizer.decoded(tokenizer.pieces("the film")) == "the film")
    }
}
