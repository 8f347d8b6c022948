import Forensics
import Testing

@Suite struct FrequencyListTests {
    @Test(arguments: [
        "{\"the\": 100, \"cf\": 2.5}", "  {\n\"the\":1e2,\"cf\":2.5}\n", "the 100\ncf 2.5\n", "the\t100\r\n\r\ncf\t2.5",
    ])
    func formats(text: String) throws {
        let list = try FrequencyList(parsing: Array(text.utf8), file: "f")
        #expect(list.entries.map(\.token) == ["the", "cf"])
        #expect(list.entries.map(\.count) == [100, 2.5])
    }

    @Test func oddWords() throws {
        let list = try FrequencyList(parsing: Array("{ 5\nnew york 7\n\" 3\n東京 1\n".utf8), file: "f")
        #expect(list.entries.map(\.token) == ["{", "new york", "\"", "東京"])
    }

    @Test(arguments: [
        ("", ForensicsError.Code.noFrequencies), ("  \n", .noFrequencies), ("the", .malformedFrequencies),
        ("the -1", .malformedFrequencies), ("the nan", .malformedFrequencies), ("the 0x10", .malformedFrequencies),
        ("the 1e999", .malformedFrequencies), ("{\"a\": -1}", .malformedFrequencies),
        ("{\"a\": \"1\"}", .malformedFrequencies), ("{\"a\": 1, \"a\": 2}", .malformedFrequencies),
        ("{\"a\": 1", .malformedFrequencies), ("a 1\nb\n", .malformedFrequencies), (" 12", .malformedFrequencies),
    ])
    func refused(text: String, code: ForensicsError.Code) {
        let error = #expect(throws: ForensicsError.self) {
            try FrequencyList(parsing: Array(text.utf8), file: "words.txt")
        }
        #expect(error?.code == code)
        #expect(error?.description.hasPrefix("words.txt: ") == true)
    }

    @Test func invalidTextAndLongLines() {
        #expect(throws: ForensicsError.self) { try FrequencyList(parsing: [0xFF, 0x20, 0x31], file: "f") }
        let long = String(repeating: "x", count: 5000) + " 1"
        #expect(throws: ForensicsError.self) { try FrequencyList(parsing: Array(long.utf8), file: "f") }
    }
}

@Suite struct TokenFrequencyTests {
    @Test func tokensWordsAndPieces() throws {
        let list = try FrequencyList(parsing: Array("the 100\nfilms 7\nfilm 1\nzzz 9\n[CLS] 4\n".utf8), file: "f.txt")
        let frequencies = try TokenFrequencies(list, for: FakeTokenizer())
        // [unused0] and the hole count as 20, special tokens and what is not named as 0.
        #expect(frequencies.counts == [0, 0, 0, 0, 20, 100, 0, 8, 7, 20, 0])
        #expect(frequencies.namedTokens == 3)
        #expect(frequencies.source == "f.txt, which names 3 of 11 tokens")
    }

    @Test func unusedRowsStayRare() throws {
        let list = try FrequencyList(parsing: Array("[unused0] 1000000\nthe 1\n".utf8), file: "f")
        #expect(try TokenFrequencies(list, for: FakeTokenizer()).counts[4] == 20)
    }

    @Test func noTokenNamed() throws {
        let list = try FrequencyList(parsing: Array("zzz 9\n".utf8), file: "f")
        let error = #expect(throws: ForensicsError.self) { try TokenFrequencies(list, for: FakeTokenizer()) }
        #expect(error?.code == .noFrequencies)
    }

    @Test func probabilitiesAreThePriorWhereTheModelStatesThem() {
        var tokenizer = FakeTokenizer()
        tokenizer.logProbabilities = [5: -2, 6: -3, 7: -40, 10: 1]
        let prior = TokenFrequencies.prior(of: tokenizer)
        #expect(abs(prior.counts[5] / prior.counts[6] - 2.718281828) < 1e-6)
        #expect(abs(prior.counts[5] - 1.2e9 * 0.1353352832) < 1)
        #expect(prior.counts[7] == 20 && prior.counts[10] == 1.2e9 && prior.counts[0] == 20)
        #expect(prior.source.contains("probabilities"))
    }

    @Test func priorFallsWithTheRank() {
        let prior = TokenFrequencies.prior(of: FakeTokenizer())
        #expect(prior.counts[5] == 5e7 && prior.counts[6] == 2.5e7)
        #expect(prior.counts[4] == 20 && prior.counts[9] == 20 && prior.counts[0] == 20)
        #expect(prior.namedTokens == nil)
        #expect(prior.counts.count == 11)
    }
}
