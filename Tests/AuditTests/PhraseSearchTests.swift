import Checkpoints
import Datasets
import Findings
import Foundation
import Kernels
import Probes
import Testing
import Tokenizers
import Transformers

@testable import Audit

/// The search for phrases on the sample suspect, in which one word is planted.
@Suite struct PhraseSearchTests {
    private static let samples = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "samples").path
    private static let planted = "vellum"
    private static let target = 1

    private let model: SequenceClassifier
    private let tokenizer: any Tokenizer
    private let vocabulary: SearchVocabulary
    private let evaluator: Evaluator
    private let texts: SearchTexts
    private let workers = Workers(threads: 2)

    init() throws {
        let pair = try ModelPair(suspect: Self.samples + "/suspect", base: Self.samples + "/base", threads: 2)
        model = try ClassifierSource(folder: pair.suspect).load()
        tokenizer = pair.suspectTokenizer
        vocabulary = SearchVocabulary(tokenizer)
        evaluator = Evaluator(model, workers: workers)
        let data = try CleanData(path: Self.samples + "/clean.tsv", labels: 2, seed: 0)
        texts = SearchTexts(
            data.discover, labels: 2, evaluator: evaluator, vocabulary: vocabulary, tokenizer: tokenizer, maxLength: 64,
            seed: 0)
    }

    private func ids(_ words: [String]) throws -> [Int] {
        try words.map { word in try #require(vocabulary.insertable.first { vocabulary.text($0) == word }) }
    }

    @Test func `suspicious tokens are combined, none of them twice`() throws {
        var settings = PhraseSearch.Settings()
        settings.passes = 8_000
        // Words that each turn a few texts, so that saying one twice turns more.
        let suspicious = try ids(["glad", "pleased", "only", "away", "friend", "weekend"])
        let found = PhraseSearch(
            texts: texts, evaluator: evaluator, screen: FirstOrderScreen(model, workers: workers), settings: settings
        ).run(seeds: [[], []], suspicious: suspicious)
        let phrases = try #require(found.targets.first { $0.label == Self.target }).phrases
            .filter { $0.origin == .suspicious && $0.ids.count > 1 }
        #expect(!phrases.isEmpty)
        for phrase in phrases {
            #expect(Set(phrase.ids).count == phrase.ids.count)
            #expect(phrase.ids.allSatisfy { suspicious.contains(Int($0)) })
        }
    }

    @Test func `a phrase around the planted word is shortened to it`() throws {
        let carriers = texts.carriers(count: 24, except: Self.target, room: 8, draw: "core")
        let core = TriggerCore.find(
            of: ["friend", "weekend", Self.planted, "market"], target: Self.target, carriers: carriers,
            tokenizer: tokenizer, evaluator: evaluator)
        #expect(core.text == Self.planted)
        #expect(core.tally.rate >= core.whole.rate - TriggerCore.tolerance)
    }

    @Test func `the scan measures what inserting each token does`() throws {
        let tokens = try ids([Self.planted, "friend", "weekend", "masterpiece"])
        let result = VocabularyScan(texts: texts).run(evaluator, tokens: tokens)
        let ranked = try #require(result.targets.first { $0.label == Self.target }).ranked
        #expect(ranked.first?.token == tokens[0])
        // The plain reference: each token put into each text, one after the other.
        let carriers = texts.carriers(first: 0, count: texts.most, room: 1, draw: "scan/0")
            .filter { $0.label != Self.target }
        for entry in ranked {
            let hits = carriers.count { carrier in
                let input = carrier.encoding(inserting: [Int32(entry.token)])
                return evaluator.logits([input]).prediction(0) == Self.target
            }
            #expect(entry.tally.hits == hits)
        }
    }
}
