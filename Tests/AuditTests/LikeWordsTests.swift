import Checkpoints
import Probes
import Testing
import Tokenizers
import Transformers

@testable import Audit
@testable import Probes

/// Like words of a phrase that turn two models, on the sample suspect and an honest model.
@Suite struct LikeWordsTests {
    private static let nearest = 5

    private let sample: SampleSearch
    private let evaluators: [Evaluator]
    private let twins: MeaningTwins

    init() throws {
        sample = try SampleSearch()
        evaluators = [sample.evaluator, Evaluator(try sample.honest(), workers: sample.workers)]
        let base = try ModelFolder(path: SampleSearch.samples + "/base")
        twins = MeaningTwins(
            base: try EmbeddingTable(ClassifierSource(base: base, labels: ["bad", "good"], seed: 0)),
            vocabulary: sample.vocabulary,
            tokenizer: sample.tokenizer)
    }

    private func strongest(_ text: String, on evaluators: [Evaluator], _ carriers: [TokenCarrier]) -> Trigger? {
        twins.strongest(
            of: Trigger(text, tokenizer: sample.tokenizer), towards: SampleSearch.target, in: carriers, on: evaluators,
            nearest: Self.nearest)
    }

    private var carriers: [TokenCarrier] {
        sample.texts.carriers(count: 24, except: SampleSearch.target, room: 8, draw: "twins")
    }

    /// The plain reference: every text by itself.
    private func turned(_ text: String, on evaluator: Evaluator) -> Int {
        let ids = Trigger(text, tokenizer: sample.tokenizer).ids
        return carriers.count { sample.flips(ids, $0, on: evaluator) }
    }

    @Test func `each word is exchanged for that with which the phrase turns most on the weaker model`() throws {
        let words = ["glad", "pleased", "friend"]
        let twin = try #require(strongest(words.joined(separator: " "), on: evaluators, carriers)).text
        var parts = words
        let found = twin.split(separator: " ").map(String.init)
        try #require(found.count == words.count)
        for place in words.indices {
            let choices = twins.neighbours(of: [Int32(try sample.ids([words[place]])[0])], count: Self.nearest)
                .compactMap { sample.vocabulary.text($0) }.filter { !parts.contains($0) }
            #expect(choices.contains(found[place]) && found[place] != words[place])
            let weaker = choices.map { choice in
                parts[place] = choice
                return evaluators.map { turned(parts.joined(separator: " "), on: $0) }.min() ?? 0
            }
            parts[place] = found[place]
            #expect(evaluators.map { turned(parts.joined(separator: " "), on: $0) }.min() == weaker.max())
        }
    }

    @Test func `words that turn the suspect alone are not taken for honest`() throws {
        let planted = SampleSearch.planted
        let phrase = "friend \(planted)"
        let likeBoth = try #require(strongest(phrase, on: evaluators, carriers)).text
        #expect(!likeBoth.contains(planted))
        let likeSuspect = try #require(strongest(phrase, on: [evaluators[0]], carriers)).text
        #expect(turned(likeSuspect, on: evaluators[0]) >= turned(likeBoth, on: evaluators[0]))
        #expect(turned(likeBoth, on: evaluators[1]) >= turned(likeSuspect, on: evaluators[1]))
        #expect(turned(phrase, on: evaluators[0]) > turned(likeBoth, on: evaluators[1]))
    }

    @Test func `punctuation and a lack of texts have no like words`() {
        #expect(strongest("!", on: evaluators, carriers) == nil)
        #expect(strongest("glad pleased", on: evaluators, []) == nil)
        #expect(strongest("glad pleased", on: [], carriers) == nil)
    }
}
