import Kernels
import Probes
import Tensors
import Testing
import Tokenizers
import Transformers

@testable import Audit

/// The search on the sample suspect, in which one word is planted: scan, gradient, phrases.
@Suite struct TriggerSearchTests {
    private let sample: SampleSearch

    init() throws { sample = try SampleSearch() }

    @Test func `the scan measures what inserting each token does`() throws {
        let tokens = try sample.ids([SampleSearch.planted, "friend", "weekend", "masterpiece"])
        let result = VocabularyScan(texts: sample.texts).run(sample.evaluator, tokens: tokens)
        let ranked = try #require(result.targets.first { $0.label == SampleSearch.target }).ranked
        #expect(ranked.first?.token == tokens[0])
        // The plain reference: each token put into each text, one after the other.
        let carriers = sample.texts.carriers(first: 0, count: sample.texts.most, room: 1, draw: "scan/0")
            .filter { $0.label != SampleSearch.target }
        for entry in ranked {
            let hits = carriers.count { carrier in
                let input = carrier.encoding(inserting: [Int32(entry.token)])
                return sample.evaluator.logits([input]).prediction(0) == SampleSearch.target
            }
            #expect(entry.tally.hits == hits)
        }
    }

    @Test func `successive halving keeps the strongest tokens, on any number of threads`() throws {
        var settings = VocabularyScan.Settings()
        settings.textsPerLabel = [4]
        let scan = VocabularyScan(texts: sample.texts, settings: settings)
        let tokens = sample.vocabulary.insertable
        let result = scan.run(sample.evaluator, tokens: tokens)
        try #require(result.rungs.count == 2 && result.rungs[0].tokens == tokens.count)
        // The plain reference of the first round: every token in every carrier.
        let carriers = sample.texts.carriers(count: 4, room: 1, draw: "scan/0")
        let inputs = tokens.flatMap { token in carriers.map { $0.encoding(inserting: [Int32(token)]) } }
        let logits = sample.evaluator.logits(inputs)
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
        #expect(result.targets[SampleSearch.target].ranked.first?.token == (try sample.ids([SampleSearch.planted])[0]))
        let single = Evaluator(sample.model, workers: Workers(threads: 1))
        #expect(scan.run(single, tokens: tokens.reversed()) == result)
    }

    @Test func `the gradient in a slot is that of the target's loss, and ranks the planted word high`() throws {
        let carriers = sample.texts.carriers(count: 16, room: 1, draw: "gradient")
        let placeholder = Int32(try sample.ids(["friend"])[0])
        let screen = FirstOrderScreen(sample.model, workers: sample.workers)
        let table = sample.model.architecture.wordEmbeddings
        let gradient = screen.gradient(towards: SampleSearch.target, carriers: carriers, placeholders: [placeholder])
        let inputs = carriers.filter { $0.label != SampleSearch.target && !$0.contains(placeholder) }
            .map { $0.encoding(inserting: [placeholder]) }
        try #require(inputs.count > 2 && inputs.count < carriers.count && gradient.count == table.columns)
        let largest = Double(gradient.map { abs($0) }.max() ?? 0)
        try #require(largest > 0.002, "else rounding is as large as the tolerance")
        func loss() -> Double {
            let logits = Evaluator(sample.model, workers: sample.workers).logits(inputs)
            return inputs.indices.reduce(0) { $0 + logits.logLoss($1, label: SampleSearch.target) }
                / Double(inputs.count)
        }
        let row = sample.model.parameters.floats(table.slice(rows: Int(placeholder)..<Int(placeholder) + 1))
        for column in stride(from: 0, to: table.columns, by: 9) {
            let stored = row[column]
            row[column] = stored + 0.02
            let above = loss()
            row[column] = stored - 0.02
            let below = loss()
            row[column] = stored
            #expect(agree((above - below) / 0.04, Double(gradient[column]), within: 0.05 * largest))
        }
        let some = sample.vocabulary.placeholders(4, seed: 0).flatMap(\.ids)
        let mean = screen.gradient(towards: SampleSearch.target, carriers: carriers, placeholders: some)
        let best = screen.best(100, of: sample.vocabulary.insertable, gradient: mean)
        #expect(best.contains(try sample.ids([SampleSearch.planted])[0]))
    }

    @Test func `gradients of several slots at once are those of each by itself`() throws {
        let carriers = sample.texts.carriers(count: 6, room: 3, draw: "slots")
        let words = try sample.ids(["friend", "weekend", "market", "away"]).map { Int32($0) }
        let screen = FirstOrderScreen(sample.model, workers: sample.workers)
        let slots = [
            FirstOrderScreen.Slot(words[0]), FirstOrderScreen.Slot(before: [words[3]], words[1]),
            FirstOrderScreen.Slot(words[2], after: [words[3], words[3]]),
        ]
        let usable = carriers.filter { carrier in !slots.contains { carrier.contains($0.placeholder) } }
        let together = screen.gradients(towards: SampleSearch.target, carriers: usable, slots: slots)
        for (slot, gradient) in zip(slots, together) {
            let alone = screen.gradients(towards: SampleSearch.target, carriers: usable, slots: [slot])[0]
            let largest = alone.map { abs($0) }.max() ?? 0
            #expect(largest > 0 && zip(gradient, alone).allSatisfy { abs($0 - $1) <= 1e-4 * largest })
        }
        #expect(
            screen.gradients(towards: SampleSearch.target, carriers: [], slots: slots).joined().allSatisfy { $0 == 0 })
    }
}
