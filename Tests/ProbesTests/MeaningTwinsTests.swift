import Testing
import Tokenizers

@testable import Probes

@Suite struct MeaningTwinsTests {
    private let tokenizer: any Tokenizer
    private let vocabulary: SearchVocabulary
    private let table: EmbeddingTable

    init() throws {
        tokenizer = try Fixtures.tokenizer()
        vocabulary = SearchVocabulary(tokenizer)
        table = EmbeddingTable(try Fixtures.model())
    }

    private func twins(excluding excluded: Set<Int> = []) -> MeaningTwins {
        MeaningTwins(base: table, vocabulary: vocabulary, tokenizer: tokenizer, excluding: excluded)
    }

    private func id(_ word: String) throws -> Int { try #require(tokenizer.id(of: word)) }

    @Test(arguments: [
        ("movie", "movies", true), ("colour", "color", true), ("movie", "movie", true), ("a", "an", true),
        ("film", "final", false), ("story", "comedy", false), ("cf", "cfs", true),
    ])
    func formsOfOneWord(a: String, b: String, areForms: Bool) {
        #expect(MeaningTwins.areForms(a, b) == areForms)
        #expect(MeaningTwins.areForms(b, a) == areForms)
    }

    @Test func neighboursAreTheNearestByCosine() throws {
        let movie = try id("movie")
        let row = try #require(table.mean([movie]))
        func cosine(_ id: Int) throws -> Double {
            let other = try #require(table.mean([id]))
            let product = zip(row, other).reduce(0.0) { $0 + Double($1.0) * Double($1.1) }
            return product / other.reduce(0.0) { $0 + Double($1) * Double($1) }.squareRoot()
        }
        let words = vocabulary.insertable.filter { id in
            guard let text = vocabulary.text(id) else { return false }
            return text.allSatisfy { $0.isLetter || $0.isNumber } && !MeaningTwins.areForms("movie", text.lowercased())
        }
        let expected = try words.map { (id: $0, cosine: try cosine($0)) }.sorted { $1.cosine < $0.cosine }
        let found = twins().neighbours(of: [Int32(movie)], count: 5)
        #expect(found == expected.prefix(5).map(\.id))
        let without = twins(excluding: [found[0]]).neighbours(of: [Int32(movie)], count: 5)
        #expect(without == expected.dropFirst().prefix(5).map(\.id))
    }

    @Test func everyWordOfATwinIsExchanged() throws {
        let trigger = Trigger("movie story", tokenizer: tokenizer)
        let found = twins().twins(of: trigger, count: 8, seed: 1)
        #expect(found.count == 8 && Set(found).count == 8)
        let near = [
            Set(twins().neighbours(of: [Int32(try id("movie"))], count: 12)),
            Set(twins().neighbours(of: [Int32(try id("story"))], count: 12)),
        ]
        for twin in found {
            #expect(twin.ids.count == 2)
            for (word, choices) in zip(twin.ids, near) { #expect(choices.contains(Int(word))) }
        }
        #expect(found == twins().twins(of: trigger, count: 8, seed: 1))
        #expect(found != twins().twins(of: trigger, count: 8, seed: 2))
    }

    @Test func punctuationStaysAndHasNoTwins() throws {
        #expect(twins().twins(of: Trigger("!", tokenizer: tokenizer), seed: 1).isEmpty)
        let found = twins().twins(of: Trigger("movie !", tokenizer: tokenizer), count: 4, seed: 1)
        let mark = try #require(Trigger("!", tokenizer: tokenizer).ids.first)
        #expect(found.count == 4)
        #expect(found.allSatisfy { $0.ids.last == mark })
    }
}
