import Testing

@testable import Tokenizers

@Suite("Truncation")
struct TruncationTests {
    @Test(
        "Of a pair the longer text is cut first",
        arguments: [
            (10, 3, 8, 5, 3), (3, 10, 8, 3, 5), (10, 10, 8, 4, 4), (10, 10, 7, 3, 4), (11, 10, 7, 4, 3),
            (10, 11, 7, 3, 4), (3, 3, 8, 3, 3), (5, 5, 0, 0, 0), (5, 5, 1, 0, 1), (6, 5, 1, 1, 0), (0, 9, 4, 0, 4),
            (4, 9, 8, 4, 4), (5, 9, 8, 4, 4),
        ])
    func pair(_ first: Int, _ second: Int, _ room: Int, _ keptFirst: Int, _ keptSecond: Int) {
        for side in [TruncationSide.left, .right] {
            var (left, right) = ((0..<first).map(Int32.init), (0..<second).map(Int32.init))
            side.cut(&left, &right, to: room)
            #expect(left.count == keptFirst)
            #expect(right.count == keptSecond)
            if keptFirst > 0 { #expect(left.first == (side == .right ? 0 : Int32(first - keptFirst))) }
        }
    }

    @Test("Special tokens stay when there is room for nothing else", arguments: [-5, 0, 1, 2, 3])
    func short(_ maxLength: Int) throws {
        let tokenizer = try TokenizerLoader.load(try SmallTokenizer().files())
        #expect(tokenizer.encode("the film", pair: nil, maxLength: min(maxLength, 2)).ids == [2, 3])
        #expect(tokenizer.encode("the film", pair: "a", maxLength: maxLength).ids == [2, 3, 3])
    }

    @Test("Assembling pieces equals encoding")
    func assemble() throws {
        let tokenizer = try TokenizerLoader.load(Fixtures.reference("bert-pair-3"))
        let (first, second) = ("a good film, warmly told", "the acting was poor and the story too long")
        for maxLength in 0...30 {
            #expect(
                tokenizer.assemble(tokenizer.pieces(first), pair: tokenizer.pieces(second), maxLength: maxLength)
                    == tokenizer.encode(first, pair: second, maxLength: maxLength))
            #expect(
                tokenizer.assemble(tokenizer.pieces(first), pair: nil, maxLength: maxLength)
                    == tokenizer.encode(first, pair: nil, maxLength: maxLength))
        }
    }
}
