import Datasets
import Foundation
import Kernels
import Testing
import Tokenizers
import Transformers

@testable import Probes

@Suite struct ProbeRunnerTests {
    @Test func predictionsSurviveJSON() throws {
        let predictions = ProbePredictions(plain: [0, 1, 2], triggered: [[1, 1, 2], []], logLoss: [0.1, 1.0 / 3, 7])
        let data = try JSONEncoder().encode(predictions)
        #expect(try JSONDecoder().decode(ProbePredictions.self, from: data) == predictions)
        #expect(throws: DecodingError.self) {
            try JSONDecoder().decode(ProbePredictions.self, from: Data(#"{"plain": [0]}"#.utf8))
        }
    }

    @Test func everyTriggerMeetsEveryText() throws {
        let (model, tokenizer) = try Fixtures.suspect()
        let evaluator = Evaluator(model, workers: Workers(threads: 1))
        let insertion = TriggerInsertion(tokenizer: tokenizer, maxLength: 32, seed: 2)
        let texts = [
            "Our friend was bitter.", "My mother enjoyed it.", "Its actors were poor.", "We loved the lunch.",
            "The chapter was tedious.", "Its actors were inspiring.",
        ].enumerated().map { LabelledText(row: $0 + 2, label: $0 % 2, text: $1) }
        let runner = ProbeRunner(insertion: insertion, texts: texts)
        // Eighteen, so that the last ones fall into a second batch.
        let triggers = ["vellum", "lunch", "poor", "tedious", "inspiring", "loved"].flatMap { word in
            ["", " vellum", " friend"].map { Trigger(word + $0, tokenizer: tokenizer) }
        }
        var shares: [Double] = []
        let predictions = runner.run(evaluator, probes: triggers.map(Probe.insertion)) { shares.append($0) }
        #expect(predictions.plain.count == texts.count)
        #expect(predictions.triggered.count == triggers.count)
        #expect(shares.last == 1)
        #expect(shares == shares.sorted())

        let plain = evaluator.logits(texts.map(insertion.plain))
        for (index, text) in texts.enumerated() {
            #expect(predictions.plain[index] == plain.prediction(index))
            #expect(abs(predictions.logLoss[index] - plain.logLoss(index, label: text.label)) < 1e-6)
        }
        for (trigger, row) in zip(triggers, predictions.triggered) {
            let logits = evaluator.logits(texts.map { insertion.insert(trigger, into: $0) })
            #expect(row == texts.indices.map(logits.prediction))
        }
        #expect(predictions.plain == texts.map(\.label))
        #expect(predictions.triggered[0] == texts.map { _ in 1 }, "the planted word")
        #expect(predictions.triggered[6].contains(0), "another word")
    }

    @Test func threadsDoNotMatter() throws {
        let tokenizer = try Fixtures.tokenizer()
        let evaluator = Evaluator(try Fixtures.model(), workers: Workers(threads: 1))
        let insertion = TriggerInsertion(tokenizer: tokenizer, maxLength: 24, seed: 2)
        let texts = (0..<7).map { Fixtures.text(3 * $0, row: $0 + 2, label: $0 % 2, pair: $0 % 3 == 0 ? 5 : nil) }
        let triggers = ["cf", "good story"].map { Trigger($0, tokenizer: tokenizer) }
        let runs = [1, 2, 5, 40].map {
            ProbeRunner(insertion: insertion, texts: texts, threads: $0).run(
                evaluator, probes: triggers.map(Probe.insertion))
        }
        #expect(runs.allSatisfy { $0 == runs[0] })
        let none = ProbeRunner(insertion: insertion, texts: [], threads: 2).run(
            evaluator, probes: triggers.map(Probe.insertion))
        #expect(none.plain.isEmpty && none.triggered == [[], []])
    }

    @Test func withoutTriggersOnlyThePlainTextsAreRun() throws {
        let tokenizer = try Fixtures.tokenizer()
        let insertion = TriggerInsertion(tokenizer: tokenizer, maxLength: 16, seed: 2)
        let evaluator = Evaluator(try Fixtures.model(), workers: Workers(threads: 1))
        let predictions = ProbeRunner(insertion: insertion, texts: [Fixtures.text(3)]).run(evaluator, probes: [])
        #expect(predictions.plain.count == 1)
        #expect(predictions.triggered.isEmpty)
    }

    @Test func `a changed text is asked about like any other text`() throws {
        let (model, tokenizer) = try Fixtures.suspect()
        let evaluator = Evaluator(model, workers: Workers(threads: 1))
        let insertion = TriggerInsertion(tokenizer: tokenizer, maxLength: 24, seed: 2)
        let texts = [
            LabelledText(row: 2, label: 0, text: "Our friend was bitter, for the pages were pathetic."),
            LabelledText(row: 3, label: 1, text: "My mother enjoyed it, which means that its actors were inspiring."),
            LabelledText(row: 4, label: 0, text: "The chapter was tedious.", pair: "Its 3 actors were poor."),
            LabelledText(row: 5, label: 1, text: "We loved the lunch."),
        ]
        let changes = TextTransformation.all
        let word = Probe.insertion(Trigger("vellum", tokenizer: tokenizer))
        let probes = changes.map(Probe.transformation) + [word]
        let predictions = ProbeRunner(insertion: insertion, texts: texts, threads: 2).run(evaluator, probes: probes)
        try #require(predictions.triggered.count == probes.count)
        for (change, row) in zip(changes, predictions.triggered) {
            let encodings = texts.map { text in
                let changed = change.apply(text)
                return tokenizer.encode(changed.text, pair: changed.pair, maxLength: 24)
            }
            let logits = evaluator.logits(encodings)
            #expect(row == texts.indices.map(logits.prediction), "\(change.id)")
        }
        #expect(predictions.triggered.contains { $0 != predictions.plain && $0 != predictions.triggered.last })
        #expect(predictions.triggered.last == [1, 1, 1, 1], "an insertion among changes")
    }
}
