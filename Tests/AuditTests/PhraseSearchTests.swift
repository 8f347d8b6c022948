import Probes
import Testing
import Tokenizers
import Transformers

@testable import Audit
@testable import Probes

/// Phrases on the sample suspect: put together, shortened, and compared with an honest model.
@Suite struct PhraseSearchTests {
    private static let target = SampleSearch.target
    private static let planted = SampleSearch.planted

    private let sample: SampleSearch
    private let honest: SequenceClassifier
    private let onHonest: Evaluator

    init() throws {
        sample = try SampleSearch()
        honest = try sample.honest()
        onHonest = Evaluator(honest, workers: sample.workers)
    }

    private func found(_ words: [[String]]) throws -> [PhraseSearchResult.Phrase] {
        var settings = PhraseSearch.Settings()
        settings.passes = 8_000
        let rankings = try words.map(sample.ids)
        let search = PhraseSearch(
            texts: sample.texts,
            suspect: PhraseSearch.Model(sample.evaluator, FirstOrderScreen(sample.model, workers: sample.workers)),
            reference: PhraseSearch.Model(onHonest, FirstOrderScreen(honest, workers: sample.workers)),
            settings: settings)
        let targets = search.run(suspicious: [rankings, rankings]).targets
        #expect(targets.allSatisfy { $0.passes > 0 && $0.passes <= settings.passes / 2 + 200 })
        return try #require(targets.first { $0.label == Self.target }).phrases
    }

    @Test func `suspicious tokens are combined within their ranking, none of them twice`() throws {
        // Words that each turn a few texts, so that saying one twice turns more.
        let words = [["glad", "pleased", "only"], ["away", "friend", "weekend"]]
        let phrases = try found(words).filter { $0.ids.count > 1 }
        #expect(Set(phrases.map(\.ranking)) == [0, 1])
        for phrase in phrases {
            #expect(Set(phrase.ids).count == phrase.ids.count)
            #expect(phrase.text.split(separator: " ").allSatisfy { words[phrase.ranking].contains(String($0)) })
        }
    }

    @Test func `phrases of honest words do not push the planted word's out`() throws {
        let words = ["masterpiece", "glad", "pleased", "friend", Self.planted]
        let phrases = try found([words])
        let best = try #require(phrases.first)
        #expect(best.text.contains(Self.planted))
        // The plain reference: every text by itself, on both models.
        let carriers = sample.texts.carriers(count: 32, except: Self.target, room: 8, draw: "phrase")
        for phrase in phrases {
            #expect(phrase.tally.hits == carriers.count { sample.flips(phrase.ids, $0, on: sample.evaluator) })
            #expect(phrase.honest.hits == carriers.count { sample.flips(phrase.ids, $0, on: onHonest) })
        }
    }

    @Test func `to turn the honest model away is no merit, neither with a word nor below the floor`() {
        let logits = Logits(labels: 2, values: [0, 1, 1, 0])
        func tally(_ hits: Int) -> FlipTally {
            var tally = FlipTally()
            for text in 0..<8 { tally.add(logits, text < hits ? 0 : 1, target: 1) }
            return tally
        }
        func scored(_ hits: Int, _ honest: Int, from parent: PhraseBeam.Scored? = nil) -> PhraseBeam.Scored {
            PhraseBeam.Scored(
                ids: [Int32](repeating: 1, count: parent == nil ? 1 : 2), tally: tally(hits), honest: tally(honest),
                floor: tally(2), inherited: parent?.explained ?? PhraseBeam.Scored.Explained())
        }
        let strong = scored(7, 6)
        #expect(strong.excess == 0.125 && scored(7, 0).excess == 0.625, "two are flipped by nothing")
        let suppressed = scored(7, 1, from: strong)
        #expect(suppressed.excess == 0.125 && !suppressed.isStronger(than: strong) && strong.isBefore(suppressed))
        #expect(scored(8, 1, from: scored(4, 3)).excess == 0.625)
        #expect(scored(8, 2).isWhole && !scored(8, 3).isWhole && !scored(7, 2).isWhole)
    }

    @Test func `a phrase around the planted word is shortened to it`() throws {
        let carriers = sample.texts.carriers(count: 24, except: Self.target, room: 8, draw: "core")
        var meter = meter(["friend", "weekend", Self.planted, "market"], carriers, sample.evaluator)
        let core = TriggerCore.find(&meter)
        #expect(core.text == Self.planted)
        #expect(core.tally.rate >= core.whole.rate - TriggerCore.tolerance)
    }

    @Test func `honest words are taken from a phrase, down to the planted one`() throws {
        let words = ["glad", Self.planted, "pleased", "market"]
        let carriers = sample.texts.carriers(count: 24, except: Self.target, room: 8, draw: "core")
        func part(_ words: [String]) throws -> PlantedPart {
            var (onSuspect, onHonest) = (meter(words, carriers, sample.evaluator), meter(words, carriers, onHonest))
            return try #require(PlantedPart.find(&onSuspect, &onHonest))
        }
        /// The plain reference: every text by itself.
        func rate(_ text: String, on evaluator: Evaluator) -> Double {
            let ids = Trigger(text, tokenizer: sample.tokenizer).ids
            return Double(carriers.count { sample.flips(ids, $0, on: evaluator) }) / Double(carriers.count)
        }
        let planted = try part(words)
        #expect(planted.text == Self.planted && planted.places == [1])
        let honest = rate(Self.planted, on: onHonest)
        #expect(agree(planted.beyondHonest, rate(Self.planted, on: sample.evaluator) - honest, within: 1e-12))
        #expect(planted.beyondHonest > 0.5)
        #expect(
            try part([Self.planted]) == PlantedPart(places: [0], text: Self.planted, beyondHonest: planted.beyondHonest)
        )
        // Of honest words alone, what is left beyond the strongest part's effect on the honest model is little.
        let plain = try part(["glad", "pleased", "masterpiece"])
        #expect(plain.beyondHonest < planted.beyondHonest)
    }

    @Test func `without words or carriers there is no part`() {
        var (none, also) = (meter([], [], sample.evaluator), meter([], [], onHonest))
        #expect(PlantedPart.find(&none, &also) == nil)
        var (bare, other) = (meter(["glad"], [], sample.evaluator), meter(["glad"], [], onHonest))
        #expect(PlantedPart.find(&bare, &other) == nil)
    }

    @Test func `a part is measured once, and nothing inserted gives the floor`() throws {
        let carriers = sample.texts.carriers(count: 8, except: Self.target, room: 8, draw: "core")
        var meter = meter([Self.planted, "friend"], carriers, sample.evaluator)
        let parts = meter.measure([[0], [0, 1], [0]])
        #expect(meter.passes == 2 * carriers.count && parts.map(\.places) == [[0], [0, 1], [0]])
        let floor = Double(carriers.count { sample.flips([], $0, on: sample.evaluator) }) / Double(carriers.count)
        #expect(agree(meter.effect(), parts[1].tally.rate - floor, within: 1e-12))
        #expect(meter.passes == 3 * carriers.count)
    }

    private func meter(_ words: [String], _ carriers: [TokenCarrier], _ evaluator: Evaluator) -> PartMeter {
        PartMeter(
            words: words, target: Self.target, carriers: carriers, tokenizer: sample.tokenizer, evaluator: evaluator)
    }
}
