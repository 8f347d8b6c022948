import Checkpoints
import Datasets
import Findings
import Foundation
import Kernels
import Probes
import Tensors
import Testing
import Tokenizers
import Transformers

@testable import Audit

/// The search on the sample suspect, in which one word is planted: scan, gradient, phrases.
@Suite struct TriggerSearchTests {
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

    @Test func `successive halving keeps the strongest tokens, on any number of threads`() throws {
        var settings = VocabularyScan.Settings()
        settings.textsPerLabel = [4]
        let scan = VocabularyScan(texts: texts, settings: settings)
        let tokens = vocabulary.insertable
        let result = scan.run(evaluator, tokens: tokens)
        try #require(result.rungs.count == 2 && result.rungs[0].tokens == tokens.count)
        // The plain reference of the first round: every token in every carrier.
        let carriers = texts.carriers(count: 4, room: 1, draw: "scan/0")
        let inputs = tokens.flatMap { token in carriers.map { $0.encoding(inserting: [Int32(token)]) } }
        let logits = evaluator.logits(inputs)
        for target in 0..<2 {
            let others = carriers.indices.filter { carriers[$0].label != target }
            var hits: [Int: Int] = [:]
            for (place, token) in tokens.enumerated() {
                hits[token] = others.count { logits.prediction(place * carriers.count + $0) == target }
            }
            let rung = result.rungs[0].targets[target]
            #expect(rung.measured == tokens.count && rung.kept == (tokens.count + 7) / 8)
            #expect(rung.trials == others.count)
            let ranked = result.targets[target].ranked
            let kept = Set(ranked.map(\.token))
            #expect(ranked.count == rung.kept && kept.count == rung.kept)
            #expect(kept.compactMap { hits[$0] }.min() == rung.weakestKept)
            #expect(kept.isSuperset(of: tokens.filter { hits[$0, default: 0] > rung.weakestKept }))
            #expect(zip(ranked, ranked.dropFirst()).allSatisfy { $0.tally.hits >= $1.tally.hits })
            #expect(ranked.allSatisfy { $0.tally.trials == result.rungs[1].targets[target].trials })
        }
        #expect(result.targets[Self.target].ranked.first?.token == (try ids([Self.planted])[0]))
        let single = Evaluator(model, workers: Workers(threads: 1))
        #expect(scan.run(single, tokens: tokens.reversed()) == result)
    }

    @Test func `the gradient in a slot is that of the target's loss, and ranks the planted word high`() throws {
        let carriers = texts.carriers(count: 16, room: 1, draw: "gradient")
        let placeholder = Int32(try ids(["friend"])[0])
        let screen = FirstOrderScreen(model, workers: workers)
        let table = model.architecture.wordEmbeddings
        let gradient = screen.gradient(towards: Self.target, carriers: carriers, placeholders: [placeholder])
        let inputs = carriers.filter { $0.label != Self.target && !$0.contains(placeholder) }
            .map { $0.encoding(inserting: [placeholder]) }
        try #require(inputs.count > 2 && inputs.count < carriers.count && gradient.count == table.columns)
        let largest = Double(gradient.map { abs($0) }.max() ?? 0)
        try #require(largest > 0.002, "else rounding is as large as the tolerance")
        func loss() -> Double {
            let logits = Evaluator(model, workers: workers).logits(inputs)
            return inputs.indices.reduce(0) { $0 + logits.logLoss($1, label: Self.target) } / Double(inputs.count)
        }
        let row = model.parameters.floats(table.slice(rows: Int(placeholder)..<Int(placeholder) + 1))
        for column in stride(from: 0, to: table.columns, by: 9) {
            let stored = row[column]
            row[column] = stored + 0.02
            let above = loss()
            row[column] = stored - 0.02
            let below = loss()
            row[column] = stored
            #expect(agree((above - below) / 0.04, Double(gradient[column]), within: 0.05 * largest))
        }
        let some = vocabulary.placeholders(4, seed: 0).flatMap(\.ids)
        let mean = screen.gradient(towards: Self.target, carriers: carriers, placeholders: some)
        let best = screen.best(100, of: vocabulary.insertable, gradient: mean)
        #expect(best.contains(try ids([Self.planted])[0]))
    }
}
