import Foundation
import Testing
import Tokenizers

@testable import Probes

@Suite struct ControlTokensTests {
    /// Zipf's law over the vocabulary's order.
    private static func frequency(_ id: Int) -> Double { 1e6 / Double(id + 1) }

    private static func draw(
        _ count: Int, matching: [Int] = [], excluding: Set<Int> = [], _ tokenizer: any Tokenizer, seed: UInt64 = 1
    ) -> [Trigger] {
        ControlTokens.draw(
            count, matching: matching, excluding: excluding, tokenizer: tokenizer, frequency: frequency, seed: seed)
    }

    private static func ids(_ tokens: [String], _ tokenizer: any Tokenizer) throws -> [Int] {
        try tokens.map { try #require(tokenizer.id(of: $0)) }
    }

    @Test(arguments: [(1, 1), (7, 3), (200, 20), (200, 1)])
    func asManyAsAskedAndAllDistinct(count: Int, candidates: Int) throws {
        let tokenizer = try Fixtures.tokenizer()
        let words = ["movie", "film", "story", "comedy", "director"]
        let ids = try Self.ids(words, tokenizer) + Array(600..<(600 + 15))
        let controls = Self.draw(count, matching: Array(ids.prefix(candidates)), tokenizer)
        #expect(controls.count == count)
        #expect(Set(controls).count == count)
        #expect(controls.allSatisfy { $0.ids.count == 1 })
        #expect(Set(controls.flatMap(\.ids)).isDisjoint(with: ids.prefix(candidates).map(Int32.init)))
    }

    @Test func onlyOrdinaryWordsServe() throws {
        let tokenizer = try Fixtures.tokenizer { root in
            try Fixtures.add(["cf", "[unused5]"], to: &root)
            var added = try #require(root["added_tokens"] as? [[String: Any]])
            added.append(["id": 901, "content": "[unused5]", "special": false])
            root["added_tokens"] = added
        }
        let cf = try #require(tokenizer.id(of: "cf"))
        try #require(tokenizer.insertableText(for: cf) == "cf")
        let story = try #require(tokenizer.id(of: "story"))
        let movie = try #require(tokenizer.id(of: "movie"))
        // More than there are: everything that may serve comes.
        let all = Self.draw(10_000, matching: [movie], excluding: [story], tokenizer)
        let ids = Set(all.flatMap(\.ids).map(Int.init))
        #expect(all.count == ids.count)
        #expect(ids.isDisjoint(with: [cf, story, movie]))
        #expect(ids.isDisjoint(with: tokenizer.specialIDs))
        #expect(!ids.contains(where: tokenizer.isUnused))
        #expect(all.allSatisfy { $0.text.allSatisfy(\.isLetter) })
        let film = try #require(tokenizer.id(of: "film"))
        #expect(ids.contains(film), "an ordinary word serves")
    }

    @Test func seedDecides() throws {
        let tokenizer = try Fixtures.tokenizer()
        let movie = try Self.ids(["movie", "comedy"], tokenizer)
        for matching in [[], movie] {
            let first = Self.draw(20, matching: matching, tokenizer, seed: 1)
            #expect(first == Self.draw(20, matching: matching, tokenizer, seed: 1))
            #expect(first != Self.draw(20, matching: matching, tokenizer, seed: 2))
        }
    }

    @Test func controlsAreLikeTheCandidates() throws {
        let tokenizer = try Fixtures.tokenizer()
        for words in [["documentary", "entertaining", "performances"], ["the", "of", "it"]] {
            let candidates = try Self.ids(words, tokenizer)
            func meanDistance(_ controls: [Trigger]) -> Double {
                let distances = controls.map { control in
                    candidates.map { candidate in
                        let frequencies = Self.frequency(Int(control.ids[0])) / Self.frequency(candidate)
                        let length = control.text.count - (tokenizer.token(candidate) ?? "").count
                        return abs(log(frequencies)) + 0.5 * Double(abs(length))
                    }.min() ?? 0
                }
                return distances.reduce(0, +) / Double(distances.count)
            }
            let matched = meanDistance(Self.draw(30, matching: candidates, tokenizer))
            let random = meanDistance(Self.draw(300, tokenizer))
            #expect(matched < 0.8 * random)
        }
    }
}
