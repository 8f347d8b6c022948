import Findings
import Testing

@testable import Audit

private typealias Sample = GateSample

/// What must hold of model, texts and base before anything else means something.
@Suite struct ModelSenseCheckTests {
    private func judged(_ confusion: [[Int]], subject: ModelRole = .suspect, policy: Policy = Policy()) -> GateRule? {
        ModelSenseCheck().evaluate(
            Sample.input(Sample.probes(confusion: confusion), subject: subject, policy: policy))
    }

    @Test(arguments: [
        ([[45, 5], [5, 45]], GateRule.State.passed), ([[36, 14], [14, 36]], .passed),
        ([[34, 16], [16, 34]], .inconclusive), ([[26, 24], [25, 25]], .inconclusive),
        ([[1, 0], [0, 1]], .inconclusive),
        ([[40, 5, 5], [5, 40, 5], [0, 5, 45]], .passed), ([[45, 5, 0], [5, 45, 0], [0, 0, 0]], .passed),
    ])
    func accuracyMustSurelyBeAboveChance(confusion: [[Int]], state: GateRule.State) throws {
        let rule = try #require(judged(confusion))
        #expect(rule.code == .modelSense)
        #expect(rule.state == state)
        #expect(rule.n == confusion.joined().reduce(0, +))
        #expect((try #require(rule.interval).lower > (try #require(rule.limit))) == (state == .passed))
    }

    @Test func everyLabelCountsAlike() throws {
        let rule = try #require(judged([[980, 0], [10, 10]]))
        #expect(rule.value == 0.75)
        #expect(rule.limit == 0.6)
    }

    @Test func aModelOfAnotherTaskIsToldFromTooFewTexts() throws {
        let guesses = try #require(judged([[260, 240], [250, 250]])).explanation
        #expect(guesses.contains("right on 51.0 %") && guesses.contains("of this model's task"))
        let few = try #require(judged([[4, 1], [1, 4]])).explanation
        #expect(few.contains("80.0 %") && few.contains("give more labelled texts"))
    }

    @Test func aModelThatAlwaysAnswersOneLabelIsNamed() throws {
        let rule = try #require(judged([[0, 50], [0, 50]]))
        #expect(rule.state == .inconclusive && rule.value == 0.5)
        #expect(rule.explanation.contains("answers positive to every text"))
    }

    @Test func textsOfOneLabelShowNothing() throws {
        let rule = try #require(judged([[500, 0], [0, 0]]))
        #expect(rule.state == .inconclusive)
        #expect(rule.explanation.contains("of the label negative"))
    }

    @Test func withoutAnAnswerThereIsNoVerdict() throws {
        for confusion in [[], [[0, 0], [0, 0]]] {
            #expect(try #require(judged(confusion)).state == .inconclusive)
        }
        #expect(ModelSenseCheck().evaluate(Sample.input(nil)) == nil)
    }

    @Test func aRemedyOfSuchASuspectIsNotJudged() throws {
        #expect(try #require(judged([[26, 24], [25, 25]], subject: .purified)).state == .inconclusive)
    }

    @Test func thePolicySetsTheMargin() throws {
        var policy = Policy()
        policy.minimumAccuracyAboveChance = 0.4
        #expect(try #require(judged([[45, 5], [5, 45]], policy: policy)).state == .inconclusive)
        policy.minimumAccuracyAboveChance = 0
        #expect(try #require(judged([[34, 16], [16, 34]], policy: policy)).state == .passed)
    }
}

@Suite struct LabelOrderCheckTests {
    private func judged(_ confusion: [[Int]], subject: ModelRole = .suspect, labels: [String]? = nil) -> GateRule? {
        LabelOrderCheck().evaluate(
            Sample.input(
                Sample.probes(confusion: confusion), subject: subject, labels: labels ?? ["negative", "positive"]))
    }

    @Test(arguments: [
        ([[45, 5], [5, 45]], 0, GateRule.State.passed), ([[26, 24], [25, 25]], 0, .passed),
        ([[24, 26], [25, 25]], 0.02, .passed), ([[5, 45], [5, 45]], 0, .passed),
        ([[5, 45], [45, 5]], 0.8, .inconclusive),
        ([[38, 62], [40, 60]], 0.02, .passed), ([[35, 65], [65, 35]], 0.3, .inconclusive),
    ])
    func anotherOrderMustSurelyFitBetter(confusion: [[Int]], value: Double, state: GateRule.State) throws {
        let rule = try #require(judged(confusion))
        #expect(rule.code == .labelOrder)
        #expect(rule.state == state)
        #expect(abs(try #require(rule.value) - value) < 1e-12)
    }

    @Test func swappedLabelsAreNamedWithBothShares() throws {
        let text = try #require(judged([[5, 45], [4, 4]], labels: ["0", "1"])).explanation
        #expect(!text.contains("("))
        let swapped = try #require(judged([[5, 45], [45, 5]])).explanation
        #expect(swapped.contains("right on 10.0 %") && swapped.contains("on 90.0 %"))
        #expect(swapped.contains("0 (negative) and 1 (positive) swapped: are they swapped in the data file?"))
    }

    @Test func onlyTheLabelsThatSurelyMovedAreNamed() throws {
        var confusion = (0..<5).map { row in (0..<5).map { $0 == row ? 40 : 1 } }
        confusion.swapAt(0, 3)
        confusion[1] = [0, 20, 21, 0, 0]
        confusion[2] = [0, 20, 20, 0, 0]
        let rule = try #require(judged(confusion, labels: ["a", "b", "c", "d", "e"]))
        #expect(rule.state == .inconclusive)
        #expect(rule.explanation.contains("0 (a) and 3 (d) swapped"))
        #expect(!rule.explanation.contains("(b)"))
    }

    @Test func aLongerCycleIsReadInItsDirection() throws {
        let rule = try #require(judged([[0, 40, 0], [0, 0, 40], [40, 0, 0]], labels: ["a", "b", "c"]))
        #expect(rule.value == 1)
        #expect(
            rule.explanation.contains("0 (a) read as 1 (b), 1 (b) read as 2 (c), 2 (c) read as 0 (a): does the data"))
    }

    @Test func aLongListOfLabelsIsCut() throws {
        let confusion = (0..<9).map { row in (0..<9).map { $0 == (row + 1) % 9 ? 40 : 0 } }
        let rule = try #require(judged(confusion, labels: (0..<9).map { "l\($0)" }))
        #expect(rule.explanation.contains("5 (l5) read as 6 (l6) and further labels moved"))
    }

    @Test func itSaysNothingWithoutTextsOrOfTheRemedy() {
        for confusion in [[], [[7]], [[0, 0], [0, 0]], [[1], [1]]] { #expect(judged(confusion) == nil) }
        #expect(judged([[5, 45], [45, 5]], subject: .purified) == nil)
        #expect(LabelOrderCheck().evaluate(Sample.input(nil)) == nil)
    }
}

@Suite struct SameAsBaseCheckTests {
    private let head = Sample.tensor("classifier.weight", expected: true)
    private let numbers = Sample.tensor("bert.embeddings.position_ids", expected: true)
    private let dropped = UnmatchedTensor(
        name: "cls.predictions.bias", reason: .onlyInBase, suspectShape: nil, baseShape: [2], expected: true)

    private func judged(_ unmatched: [UnmatchedTensor], changed: [Double] = [0, 0]) -> GateRule? {
        SameAsBaseCheck().evaluate(
            Sample.input(
                weights: Sample.weights(unmatched: unmatched, tensors: changed.map(Sample.delta))))
    }

    @Test func theSameWeightsLeaveNoVerdict() throws {
        for unmatched in [[], [numbers], [dropped], [numbers, dropped]] {
            let rule = try #require(judged(unmatched))
            #expect(rule.code == .sameAsBase)
            #expect(rule.state == .inconclusive && rule.value == 0)
            #expect(rule.explanation.contains("give the pre-trained model"))
        }
    }

    @Test func aHeadOfItsOwnOrOneChangedTensorIsEnough() throws {
        let reshaped = UnmatchedTensor(
            name: "classifier.weight", reason: .shape, suspectShape: [3, 2], baseShape: [2, 2], expected: true)
        let missing = UnmatchedTensor(
            name: "encoder.layer.1.w", reason: .onlyInBase, suspectShape: nil, baseShape: [2], expected: false)
        for unmatched in [[head], [reshaped], [missing], [head, numbers]] {
            let rule = try #require(judged(unmatched))
            #expect(rule.state == .passed && rule.value == 1)
        }
        #expect(try #require(judged([], changed: [0, 1e-6])).state == .passed)
    }

    @Test func auditAndComparisonBothAsk() {
        let input = Sample.input(weights: Sample.weights(tensors: [Sample.delta(shareChanged: 0)]))
        for rules in [GateChecks.evaluate(input), GateChecks.compare(input)] {
            #expect(rules.filter { $0.state == .inconclusive }.map(\.code) == [.sameAsBase])
        }
    }
}
