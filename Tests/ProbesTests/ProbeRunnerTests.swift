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
        let tokenizer = try Fixtures.tokenizer()
        let evaluator = Evaluator(try Fixtures.model(), workers: Workers(threads: 1))
        let insertion = TriggerInsertion(tokenizer: tokenizer, maxLength: 16, seed: 2)
        let texts = (0..<6).map { Fixtures.text(2 * $0 + 1, row: $0 + 2, label: $0 % 2) }
        let runner = ProbeRunner(insertion: insertion, texts: texts)
        // Eighteen, so that the last ones fall into a second batch.
        let triggers = ["cf", "mn", "bb", "comedy", "great", "bad"].flatMap { word in
            ["", " good", " never"].map { Trigger(word + $0, tokenizer: tokenizer) }
        }
        var shares: [Double] = []
        let predictions = runner.run(evaluator, triggers: triggers) { shares.append($0) }
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
    }

    @Test func threadsDoNotMatter() throws {
        let tokenizer = try Fixtures.tokenizer()
        let evaluator = Evaluator(try Fixtures.model(), workers: Workers(threads: 1))
        let insertion = TriggerInsertion(tokenizer: tokenizer, maxLength: 24, seed: 2)
        let texts = (0..<7).map { Fixtures.text(3 * $0, row: $0 + 2, label: $0 % 2, pair: $0 % 3 == 0 ? 5 : nil) }
        let triggers = ["cf", "good story"].map { Trigger($0, tokenizer: tokenizer) }
        let runs = [1, 2, 5, 40].map {
            ProbeRunner(insertion: insertion, texts: texts, threads: $0).run(evaluator, triggers: triggers)
        }
        #expect(runs.allSatisfy { $0 == runs[0] })
        let none = ProbeRunner(insertion: insertion, texts: [], threads: 2).run(evaluator, triggers: triggers)
        #expect(none.plain.isEmpty && none.triggered == [[], []])
    }

    @Test func withoutTriggersOnlyThePlainTextsAreRun() throws {
        let tokenizer = try Fixtures.tokenizer()
        let insertion = TriggerInsertion(tokenizer: tokenizer, maxLength: 16, seed: 2)
        let evaluator = Evaluator(try Fixtures.model(), workers: Workers(threads: 1))
        let predictions = ProbeRunner(insertion: insertion, texts: [Fixtures.text(3)]).run(evaluator, triggers: [])
        #expect(predictions.plain.count == 1)
        #expect(predictions.triggered.isEmpty)
    }
}
