import Datasets
import Findings
import Probes
import Testing

@testable import Audit

/// What may explain a discovered trigger's effect, measured by hand on ten texts of each label.
@Suite struct ExplanationTests {
    private let texts = (0..<20).map { LabelledText(row: $0 + 2, label: $0 < 10 ? 0 : 1, text: "text \($0)") }
    private let right = [Int](repeating: 0, count: 10) + [Int](repeating: 1, count: 10)

    /// Predictions with so many of the first label's texts turned to the second one, and the other way round.
    private func turned(_ up: Int, _ down: Int = 0) -> [Int] {
        (0..<20).map { $0 < 10 ? ($0 < up ? 1 : 0) : ($0 - 10 < down ? 0 : 1) }
    }

    private func measured(
        _ up: Int, _ down: Int = 0, ratio: Double? = nil, reset: Int? = nil, words: [Int]? = nil
    ) throws -> TriggerMeasurement {
        let trigger = Trigger("tq", tokenizer: try Fixtures.tokenizer())
        let family = [Candidate(trigger: trigger, source: .epur, targets: [1], ratioToPercentile99: ratio)]
        let predictions = ProbePredictions(
            plain: right, triggered: [turned(up, down), turned(1), turned(2)],
            logLoss: [Double](repeating: 0, count: 20))
        return Measurements(texts: texts, labels: 2, family: family, controls: 2, containing: [[]]).measurement(
            predictions, model: .suspect, family: 0, target: 1,
            evidence: TriggerEvidence(
                rowReset: reset.map { turned($0) }, words: words.map { $0.map { turned($0) } }))
    }

    @Test func `a word that turns texts both ways reverses what they say`() throws {
        let negation = try measured(8, 7)
        #expect(agree(try #require(negation.beyondReversal).value, 0.1, within: 1e-12))
        #expect(negation.bestExplanation == .reversal)
        let trigger = try measured(8)
        #expect(agree(try #require(trigger.beyondReversal).value, 0.8, within: 1e-12))
        #expect(trigger.bestExplanation == .randomTokens)
    }

    @Test func `a phrase says what its words say`() throws {
        let phrase = try measured(9, words: [3, 8])
        #expect(agree(try #require(phrase.beyondWords).value, 0.1, within: 1e-12))
        #expect(phrase.bestExplanation == .itsWords)
        #expect(agree(try #require(try measured(9, words: [1, 0]).beyondWords).value, 0.8, within: 1e-12))
    }

    @Test(arguments: [(1.4, Explanation.randomTokens), (1.5, .baseRow)])
    func `an outlier is compared with the base's row`(ratio: Double, expected: Explanation) throws {
        let sample = try measured(9, 9, ratio: ratio, reset: 0)
        let reset = try #require(sample.rowReset)
        #expect(reset.asr.value == 0)
        #expect(agree(reset.removed.value, 0.9, within: 1e-12))
        let explanations = sample.explanations.map(\.explanation)
        #expect(explanations.first == expected)
        #expect(explanations.contains(.reversal) == (expected == .randomTokens))
    }

    @Test func `a row that does nothing explains nothing`() throws {
        let sample = try measured(9, ratio: 3, reset: 9)
        #expect(sample.bestExplanation == .randomTokens)
        #expect(agree(try #require(sample.unexplained).value, try #require(sample.excess).value))
    }

    @Test func `outliers are a family of their own`() throws {
        let tokenizer = try Fixtures.tokenizer()
        let family = [nil, 1.5, 2, 1.2].map { ratio in
            Candidate(
                trigger: Trigger("tq", tokenizer: tokenizer), source: .epur, targets: [1], ratioToPercentile99: ratio)
        }
        #expect(family.map(\.group) == [.other, .moved, .moved, .other])
    }
}
